import { Button, HTMLSelect, listIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX, ReactNode } from 'react';

import type { PartitionChoice } from '../api/records.js';
import type { RecordBrowser } from './browser.js';
import { ColumnChoice } from './columnchoice.js';
import type { ColumnName } from './columns.js';
import { FORMATS, readsAs } from './formats.js';
import { LiveButton } from './livebutton.js';
import { Popup } from './popup.js';
import { StartChoice } from './startchoice.js';
import { formatTitle } from './wording.js';

interface ControlsProps {
  readonly browser: RecordBrowser;
  readonly partitions: readonly number[];
  readonly trans: TranslationBundle;
  /** Which row is at the top of the view. */
  readonly topRow: () => number;
  /** What can be done with the records besides. */
  readonly children: ReactNode;
}

/** Above the records: what is shown, and how. */
export function Controls(props: ControlsProps): JSX.Element {
  const { browser, partitions, trans, topRow, children } = props;
  const { partition, as } = browser.look;
  return (
    <div className="jp-StreamRecords-controls" role="group" aria-label={trans.__('What is shown')}>
      <LiveButton browser={browser} trans={trans} />
      <StartChoice
        start={browser.start}
        trans={trans}
        onChoose={start => {
          void browser.open(start);
        }}
      />
      <HTMLSelect
        aria-label={trans.__('Partition')}
        title={trans.__('Of which partition')}
        value={partition}
        onChange={event => {
          void browser.choosePartition(partitionNamed(event.currentTarget.value));
        }}
      >
        <option value="all">{trans.__('All partitions')}</option>
        {partitions.map(number => (
          <option key={number} value={number}>
            {trans.__('Partition %1', number)}
          </option>
        ))}
      </HTMLSelect>
      <HTMLSelect
        aria-label={trans.__('Read values as')}
        title={trans.__('Read values as')}
        value={as}
        onChange={event => {
          void browser.chooseFormat(readsAs(event.currentTarget.value), topRow());
        }}
      >
        {FORMATS.map(format => (
          <option key={format} value={format}>
            {format === 'auto' ? trans.__('Format: automatic') : formatTitle(format, trans)}
          </option>
        ))}
      </HTMLSelect>
      <span className="jp-StreamRecords-space" />
      {children}
    </div>
  );
}

interface ListToolsProps {
  readonly browser: RecordBrowser;
  readonly columns: readonly ColumnName[];
  readonly trans: TranslationBundle;
  readonly onColumns: (columns: readonly ColumnName[]) => void;
}

/** What is shown of each record, and a way to read them again. */
export function ListTools({ browser, columns, trans, onColumns }: ListToolsProps): JSX.Element {
  return (
    <>
      <Popup icon={listIcon} label={trans.__('Columns')} title={trans.__('Choose the columns')}>
        {() => <ColumnChoice columns={columns} trans={trans} onChoose={onColumns} />}
      </Popup>
      <Button
        type="button"
        className="jp-StreamRecords-button"
        title={trans.__('Read the records again')}
        aria-label={trans.__('Refresh')}
        onClick={() => {
          void browser.refresh();
        }}
      >
        <refreshIcon.react tag="span" />
      </Button>
    </>
  );
}

function partitionNamed(name: string): PartitionChoice {
  return name === 'all' ? 'all' : Number(name);
}
