import { downloadIcon, listIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useEffect, useRef, useState } from 'react';

import { streamIcon } from '../../icon.js';
import { EmptyState } from '../state/emptystate.js';
import { failureText } from '../state/failuretext.js';
import { Busy } from '../state/busy.js';
import type { Memory } from '../state/memory.js';
import { type RecordsApi, TopicQuestions } from './asking.js';
import { RecordBrowser } from './browser.js';
import type { VariableChoice } from './choice.js';
import { besideOpened } from './columns.js';
import { Controls, ListTools } from './controls.js';
import { Details } from './details.js';
import { edgeRow } from './edgerow.js';
import { ExportForm } from './exporting.js';
import { Grid } from './grid.js';
import { useColumns, useOwned, usePartitions } from './hooks.js';
import { THUMBNAIL_POINTS } from './limits.js';
import { isDownwards } from './place.js';
import { Popup } from './popup.js';
import { Previews } from './previews.js';
import { SearchBar } from './searchbar.js';
import { StatusLine } from './statusline.js';
import { useOpened } from './useopened.js';
import { usePainted } from './usepainted.js';
import { ToVariable } from './tovariable.js';
import { WaitingBar } from './waitingbar.js';

export interface RecordsViewProps {
  readonly api: RecordsApi;
  readonly cluster: string;
  readonly topic: string;
  readonly trans: TranslationBundle;
  readonly memory: Memory;
  /** Whether anybody can see it: a tail waits else. */
  readonly isVisible: boolean;
  /** Makes records a variable of a kernel, where that can be done. */
  readonly toVariable?: (choice: VariableChoice) => void;
}

/** The records of a topic. */
export function RecordsView(props: RecordsViewProps): JSX.Element {
  return <TopicRecords key={JSON.stringify([props.cluster, props.topic])} {...props} />;
}

function TopicRecords(props: RecordsViewProps): JSX.Element {
  const { api, cluster, topic, trans, memory, isVisible } = props;
  const browser = useBrowser(props);
  usePainted(browser, () => {
    browser.tail?.painted();
  });
  const previews = useOwned(
    () => new Previews((...at) => api.preview(cluster, topic, ...at, THUMBNAIL_POINTS)),
    () => undefined
  );
  usePainted(previews);
  const [columns, chooseColumns] = useColumns(memory);
  const partitions = usePartitions(api, cluster, topic);
  const [sought, setSought] = useState('');
  const topRow = useRef(0);
  const choice = useOpened(browser);
  useEffect(() => {
    browser.setVisible(isVisible);
  }, [browser, isVisible]);
  const focusGrid = useRef<HTMLDivElement>(null);
  const close = (): void => {
    choice.close();
    focusGrid.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  return (
    <section
      className="jp-StreamRecords"
      aria-label={trans.__('Records of %1', topic)}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          if (choice.opened === null) {
            browser.closeSearch();
          } else {
            close();
          }
        }
      }}
    >
      <Controls
        browser={browser}
        partitions={partitions}
        trans={trans}
        topRow={() => topRow.current}
      >
        <ToVariable {...props} browser={browser} selected={choice.record} />
        <Exporting {...props} browser={browser} />
      </Controls>
      <div className="jp-StreamRecords-second">
        <SearchBar browser={browser} trans={trans} onSearch={setSought} />
        <ListTools browser={browser} columns={columns} trans={trans} onColumns={chooseColumns} />
      </div>
      <div className="jp-StreamRecords-main" ref={focusGrid}>
        <div className="jp-StreamRecords-list">
          <WaitingBar browser={browser} trans={trans} onGoOn={choice.close} />
          <Listing
            browser={browser}
            trans={trans}
            grid={
              <Grid
                rows={browser.rows}
                columns={choice.opened === null ? columns : besideOpened(columns)}
                previews={previews}
                sought={browser.search === null ? '' : sought}
                selected={choice.selected}
                {...edgesOf(browser, trans)}
                isFollowing={browser.tail?.isPaused === false && browser.search === null}
                trans={trans}
                onSelect={choice.select}
                onOpen={choice.open}
                onAway={() => browser.tail?.pause()}
                onTop={row => {
                  topRow.current = row;
                }}
              />
            }
          />
        </div>
        {choice.opened !== null && (
          <Details
            opened={choice.opened}
            valueAddress={api.valueAddress(
              cluster,
              topic,
              choice.opened.record.partition,
              choice.opened.record.offset
            )}
            trans={trans}
            onClose={close}
            onStep={choice.step}
          />
        )}
      </div>
      <StatusLine browser={browser} trans={trans} />
    </section>
  );
}

function useBrowser({ api, cluster, topic }: RecordsViewProps): RecordBrowser {
  const browser = useOwned(
    () => new RecordBrowser(new TopicQuestions(api, cluster, topic)),
    one => {
      one.dispose();
    }
  );
  useEffect(() => {
    void browser.open(browser.start);
  }, [browser]);
  return browser;
}

/** What stands at the ends of the list, and how more is loaded there. */
function edgesOf(
  browser: RecordBrowser,
  trans: TranslationBundle
): Pick<Parameters<typeof Grid>[0], 'above' | 'below' | 'onNearTop' | 'onNearBottom'> {
  const { pager } = browser;
  if (browser.search !== null) {
    return { above: null, below: null, onNearTop: () => undefined, onNearBottom: () => undefined };
  }
  const isDown = isDownwards(browser.start);
  const load = { trans, isAsked: false };
  const older = { ...load, edge: pager.older, retry: () => void pager.loadOlder() };
  const newer = { ...load, edge: pager.newer, retry: () => void pager.loadNewer() };
  const [top, bottom] = isDown ? [newer, older] : [{ ...older, isAsked: true }, newer];
  const near = ({ edge, retry, isAsked }: typeof older) => {
    if (edge.state === 'more' && !isAsked) {
      retry();
    }
  };
  return {
    above: edgeRow(top),
    below: edgeRow(bottom),
    onNearTop: () => {
      near(top);
    },
    onNearBottom: () => {
      near(bottom);
    }
  };
}

interface ListingProps {
  readonly browser: RecordBrowser;
  readonly trans: TranslationBundle;
  readonly grid: JSX.Element;
}

/** The list, or what is said where it would be empty. */
function Listing({ browser, trans, grid }: ListingProps): JSX.Element {
  const { pager, search, rows } = browser;
  if (rows.length > 0) {
    return grid;
  }
  if (search !== null) {
    return <NothingFound browser={browser} trans={trans} />;
  }
  switch (pager.state.state) {
    case 'loading':
      return <Busy text={trans.__('Reading records…')} />;
    case 'failed':
      return (
        <EmptyState
          icon={streamIcon}
          isError
          {...failureText(pager.state.failure, trans)}
          actions={[{ label: trans.__('Try again'), run: () => void browser.refresh() }]}
        />
      );
    case 'ready':
      return <NoRecords browser={browser} trans={trans} />;
  }
}

function NothingFound({ browser, trans }: Omit<ListingProps, 'grid'>): JSX.Element {
  if (browser.search?.state === 'running') {
    return <Busy text={trans.__('Searching…')} />;
  }
  return (
    <EmptyState
      icon={listIcon}
      title={trans.__('Nothing found')}
      text={trans.__('None of the records that were looked at holds this text.')}
      cause={browser.search?.reason}
      actions={[
        {
          label: trans.__('Show all records'),
          run: () => {
            browser.closeSearch();
          }
        }
      ]}
    />
  );
}

function NoRecords({ browser, trans }: Omit<ListingProps, 'grid'>): JSX.Element {
  const { start, tail, look } = browser;
  const live = { label: trans.__('Wait for new ones'), run: () => void browser.goLive() };
  const newest = {
    label: trans.__('Show the newest'),
    run: () => void browser.open({ kind: 'newest' })
  };
  if (tail !== null) {
    return <Busy text={trans.__('Waiting for the first record…')} />;
  }
  if (start.kind === 'newest' || start.kind === 'earliest') {
    return (
      <EmptyState
        icon={streamIcon}
        title={trans.__('No records')}
        text={
          look.partition === 'all'
            ? trans.__('Nothing was written to this topic yet, or all of it has expired.')
            : trans.__('Partition %1 of this topic is empty.', look.partition)
        }
        actions={[live]}
      />
    );
  }
  return (
    <EmptyState
      icon={streamIcon}
      title={trans.__('No records from there on')}
      text={trans.__('The topic ends before the place that is chosen.')}
      actions={[newest, live]}
    />
  );
}

function Exporting(props: RecordsViewProps & { readonly browser: RecordBrowser }): JSX.Element {
  const { api, cluster, topic, trans, browser } = props;
  return (
    <Popup
      icon={downloadIcon}
      label={trans.__('Export')}
      title={trans.__('Save records as CSV, JSON lines or Parquet')}
    >
      {close => (
        <ExportForm
          topic={topic}
          place={trans.__('From the place that is shown, of the partitions that are shown.')}
          ask={(format, limit, columns, signal) =>
            api.export(
              cluster,
              topic,
              { format, limit, columns, from: browser.place, partition: browser.look.partition },
              signal
            )
          }
          trans={trans}
          close={close}
        />
      )}
    </Popup>
  );
}
