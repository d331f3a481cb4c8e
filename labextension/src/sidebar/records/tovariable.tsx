import { Button, notebookIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { StreamRecord } from '../api/records.js';
import type { RecordBrowser } from './browser.js';
import type { VariableChoice } from './choice.js';

interface ToVariableProps {
  readonly cluster: string;
  readonly topic: string;
  readonly browser: RecordBrowser;
  /** The record that is chosen. */
  readonly selected: StreamRecord | null;
  readonly trans: TranslationBundle;
  readonly toVariable?: (choice: VariableChoice) => void;
}

/** Makes what is chosen, found or shown a variable in the active notebook's kernel. */
export function ToVariable(props: ToVariableProps): JSX.Element {
  const { trans, toVariable } = props;
  return (
    <Button
      type="button"
      className="jp-StreamRecords-button"
      disabled={toVariable === undefined}
      title={
        toVariable === undefined
          ? trans.__('There is no notebook to make a variable in')
          : titleOf(props)
      }
      onClick={() => toVariable?.(choiceOf(props))}
    >
      <notebookIcon.react tag="span" />
      {trans.__('To a variable…')}
    </Button>
  );
}

function titleOf({ browser, selected, trans }: ToVariableProps): string {
  if (selected !== null) {
    return trans.__('Make this record a variable in the active notebook');
  }
  return browser.search === null
    ? trans.__('Make the records a variable in the active notebook')
    : trans.__('Make what was found a variable in the active notebook');
}

function choiceOf({ cluster, topic, browser, selected }: ToVariableProps): VariableChoice {
  const chosen = selected === null ? (browser.search?.found ?? null) : [selected];
  return {
    cluster,
    topic,
    places: chosen?.map(({ partition, offset }) => [partition, offset] as const) ?? null,
    from: browser.place,
    partition: browser.look.partition
  };
}
