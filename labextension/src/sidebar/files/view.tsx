import { fileIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useEffect } from 'react';

import { formatBytes, formatCount } from '../../format.js';
import type { StreamFile } from '../api/files.js';
import { useOwned } from '../records/hooks.js';
import { FailureNote } from '../records/failurenote.js';
import { Busy } from '../state/busy.js';
import { EmptyState } from '../state/emptystate.js';
import { failureText } from '../state/failuretext.js';
import { useChanges } from '../state/usechanges.js';
import type { TopicPlace } from '../topicplace.js';
import { FileTable } from './filetable.js';
import { type FilesApi, FilesModel } from './filesmodel.js';

/** A file of a topic that shall be opened. */
export interface FileToOpen extends TopicPlace {
  readonly file: StreamFile;
}

export interface FilesViewProps {
  readonly api: FilesApi;
  readonly cluster: string;
  readonly topic: string;
  readonly trans: TranslationBundle;
  /** Whether anybody can see it: files that grow are looked at again only then. */
  readonly isVisible: boolean;
  /** Opens a file in a notebook, where that can be done. */
  readonly openInNotebook?: (file: FileToOpen) => void;
}

/** The files that lie in a topic in chunks. */
export function FilesView(props: FilesViewProps): JSX.Element {
  return <TopicFiles key={JSON.stringify([props.cluster, props.topic])} {...props} />;
}

function TopicFiles(props: FilesViewProps): JSX.Element {
  const { api, cluster, topic, trans, isVisible } = props;
  const model = useOwned(
    () => new FilesModel({ cluster, topic }, api),
    one => {
      one.close();
    }
  );
  useChanges(model);
  useEffect(() => {
    model.setActive(isVisible);
  }, [model, isVisible]);
  return (
    <section className="jp-StreamFiles" aria-label={trans.__('Files of %1', topic)}>
      <Content {...props} model={model} />
      <Foot model={model} trans={trans} />
    </section>
  );
}

type ContentProps = FilesViewProps & { readonly model: FilesModel };

function Content({ model, ...props }: ContentProps): JSX.Element {
  const { api, cluster, topic, trans, openInNotebook } = props;
  const refresh = { label: trans.__('Look again'), run: () => void model.refresh() };
  if (model.files.length > 0) {
    return (
      <div
        className="jp-StreamFiles-list"
        tabIndex={0}
        role="region"
        aria-label={trans.__('List of files')}
      >
        <FileTable
          files={model.files}
          address={choice => api.fileAddress(cluster, topic, choice)}
          open={
            openInNotebook &&
            (file => {
              openInNotebook({ cluster, topic, file });
            })
          }
          trans={trans}
        />
        <Older model={model} trans={trans} />
      </div>
    );
  }
  if (model.failure !== null) {
    return (
      <EmptyState
        icon={fileIcon}
        isError
        {...failureText(model.failure, trans)}
        actions={[refresh]}
      />
    );
  }
  if (!model.isKnown || model.loading !== null) {
    return <Busy text={trans.__('Looking for files…')} />;
  }
  return <NoFiles model={model} trans={trans} />;
}

interface PartProps {
  readonly model: FilesModel;
  readonly trans: TranslationBundle;
}

function NoFiles({ model, trans }: PartProps): JSX.Element {
  const { other_records: others } = model.others;
  const older = { label: trans.__('Look further back'), run: () => void model.loadOlder() };
  const again = { label: trans.__('Look again'), run: () => void model.refresh() };
  return (
    <EmptyState
      icon={fileIcon}
      title={trans.__('No files here')}
      text={
        others > 0
          ? trans.__(
              'None of the newest %1 records is a chunk of a file. Files come here by %stream_upload, or by programs that write chunks.',
              formatCount(others)
            )
          : trans.__(
              'The topic is empty. Files come here by %stream_upload, or by programs that write chunks.'
            )
      }
      actions={model.hasOlder ? [older, again] : [again]}
    />
  );
}

/** Below the last row: more files, or why there are none. */
function Older({ model, trans }: PartProps): JSX.Element {
  if (model.failure !== null) {
    const retry = (): void => void model.loadOlder();
    return <FailureNote failure={model.failure} trans={trans} retry={retry} />;
  }
  if (!model.hasOlder) {
    return <></>;
  }
  const isBusy = model.loading === 'older';
  return (
    <div className="jp-StreamFiles-older">
      <button
        type="button"
        className="jp-StreamRecords-button"
        disabled={isBusy}
        title={isBusy ? trans.__('It is being looked for them') : trans.__('Look further back')}
        onClick={() => void model.loadOlder()}
      >
        {isBusy ? trans.__('Looking…') : trans.__('Show older files')}
      </button>
    </div>
  );
}

function Foot({ model, trans }: PartProps): JSX.Element {
  const { damaged_records: damaged } = model.others;
  return (
    <div className="jp-StreamFiles-foot">
      <span role="status">
        {trans._n('%1 file', '%1 files', model.files.length)}
        {' · '}
        {trans.__('%1 read from the cluster', formatBytes(model.scannedBytes))}
        {damaged > 0 &&
          ` · ${trans._n('%1 damaged chunk left out', '%1 damaged chunks left out', damaged)}`}
      </span>
      <button
        type="button"
        className="jp-StreamRecords-button"
        title={trans.__('Look for files again')}
        onClick={() => void model.refresh()}
      >
        <refreshIcon.react tag="span" />
        {trans.__('Refresh')}
      </button>
    </div>
  );
}
