import { downloadIcon, notebookIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import { formatBytes } from '../../format.js';
import type { FileChoice, StreamFile } from '../api/files.js';
import { timeText } from '../records/wording.js';
import { choiceOf, gapsOf, missingText, nameOfFile, shareOf } from './streamfiles.js';

interface FileTableProps {
  readonly files: readonly StreamFile[];
  readonly address: (choice: FileChoice) => string;
  readonly open: ((file: StreamFile) => void) | undefined;
  readonly trans: TranslationBundle;
}

/** Files as rows. */
export function FileTable(props: FileTableProps): JSX.Element {
  const { files, trans } = props;
  return (
    <table className="jp-StreamFiles-table">
      <thead>
        <tr>
          <th scope="col">{trans.__('File')}</th>
          <th scope="col">{trans.__('State')}</th>
          <th scope="col">{trans.__('Chunks')}</th>
          <th scope="col" className="jp-mod-number">
            {trans.__('Size')}
          </th>
          <th scope="col">{trans.__('Last chunk')}</th>
          <th scope="col">
            <span className="jp-StreamRecords-hidden">{trans.__('What can be done')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map(file => (
          <FileRow key={nameOfFile(file)} {...props} file={file} />
        ))}
      </tbody>
    </table>
  );
}

type FileRowProps = FileTableProps & { readonly file: StreamFile };

function FileRow({ file, address, open, trans }: FileRowProps): JSX.Element {
  return (
    <tr>
      <th scope="row" title={file.path}>
        {file.path}
      </th>
      <td>
        <State file={file} trans={trans} />
      </td>
      <td>
        <Progress file={file} trans={trans} />
      </td>
      <td className="jp-mod-number">
        {file.state === 'complete'
          ? formatBytes(file.bytes)
          : trans.__('≤ %1', formatBytes(file.bytes))}
      </td>
      <td className="jp-StreamFiles-time" title={timeText(file.newest)}>
        {timeText(file.newest).split('.')[0]}
      </td>
      <td className="jp-StreamFiles-actions">
        <Save file={file} address={address} trans={trans} />
        <Open file={file} open={open} trans={trans} />
      </td>
    </tr>
  );
}

interface FileProps {
  readonly file: StreamFile;
  readonly trans: TranslationBundle;
}

function State({ file, trans }: FileProps): JSX.Element {
  const texts: Record<StreamFile['state'], string> = {
    complete: file.verified ? trans.__('Complete, verified') : trans.__('Complete'),
    incomplete: trans.__('Incomplete'),
    damaged: trans.__('Damaged')
  };
  return (
    <span className="jp-StreamFiles-state" data-state={file.state} title={reasonOf(file, trans)}>
      {texts[file.state]}
    </span>
  );
}

/** Say why a file is as it is; that is also why it cannot be saved. */
function reasonOf(file: StreamFile, trans: TranslationBundle): string {
  switch (file.state) {
    case 'complete':
      return file.verified
        ? trans.__('All chunks are there, and each has its hash')
        : trans.__('All chunks are there; their hashes were not all looked at');
    case 'incomplete':
      return trans.__('Chunks that are missing: %1', missingText(file));
    case 'damaged':
      return trans.__('A chunk of it does not have its hash');
  }
}

/** How many chunks are there, and which are not. */
function Progress({ file, trans }: FileProps): JSX.Element {
  const percent = Math.floor(100 * shareOf(file));
  return (
    <div className="jp-StreamFiles-progress">
      <div
        role="progressbar"
        aria-label={trans.__('Chunks of %1', file.path)}
        aria-valuemin={0}
        aria-valuemax={file.chunks}
        aria-valuenow={file.received}
        className="jp-StreamFiles-bar"
        title={reasonOf(file, trans)}
      >
        {gapsOf(file).map(([start, end]) => (
          <span key={start} style={{ left: `${100 * start}%`, width: `${100 * (end - start)}%` }} />
        ))}
      </div>
      <span>
        {trans.__('%1 of %2', file.received, file.chunks)}
        {percent < 100 && <small> {percent} %</small>}
      </span>
      {file.missing.length > 0 && (
        <small className="jp-StreamFiles-missing">
          {trans.__('missing: %1', missingText(file))}
        </small>
      )}
    </div>
  );
}

interface SaveProps extends FileProps {
  readonly address: (choice: FileChoice) => string;
}

function Save({ file, address, trans }: SaveProps): JSX.Element {
  const content = (
    <>
      <downloadIcon.react tag="span" />
      {trans.__('Save')}
    </>
  );
  return file.state === 'complete' ? (
    <a
      className="jp-StreamRecords-button"
      href={address(choiceOf(file))}
      download=""
      title={trans.__('Put the file together, check it, and save it')}
    >
      {content}
    </a>
  ) : (
    <button
      type="button"
      className="jp-StreamRecords-button"
      disabled
      title={reasonOf(file, trans)}
    >
      {content}
    </button>
  );
}

interface OpenProps extends FileProps {
  readonly open: ((file: StreamFile) => void) | undefined;
}

function Open({ file, open, trans }: OpenProps): JSX.Element {
  const problem =
    file.state === 'complete'
      ? open === undefined
        ? trans.__('There is no notebook to open it in')
        : null
      : reasonOf(file, trans);
  return (
    <button
      type="button"
      className="jp-StreamRecords-button"
      disabled={problem !== null}
      title={problem ?? trans.__('Open it in the active notebook')}
      aria-label={trans.__('Open in notebook')}
      onClick={() => open?.(file)}
    >
      <notebookIcon.react tag="span" />
      {trans.__('Open')}
    </button>
  );
}
