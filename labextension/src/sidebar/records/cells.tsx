import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import { formatBytes } from '../../format.js';
import type { Preview, Shown, StreamRecord } from '../api/records.js';
import type { ColumnName } from './columns.js';
import { Marked } from './marked.js';
import { Picture } from './picture.js';
import { isPictured } from './previews.js';
import { emptyText, headersText, shapeText, timeText } from './wording.js';

/** What the cells of a row show. */
export interface CellProps {
  readonly record: StreamRecord;
  /** The text that is searched for. */
  readonly sought: string;
  readonly preview: Preview | undefined;
  readonly trans: TranslationBundle;
}

const CELLS: Readonly<Record<ColumnName, (props: CellProps) => JSX.Element>> = {
  time: ({ record }) => (
    <time
      title={
        record.timestamp === null ? undefined : new Date(record.timestamp * 1000).toISOString()
      }
    >
      {timeText(record.timestamp)}
    </time>
  ),
  partition: ({ record }) => <>{record.partition}</>,
  offset: ({ record }) => <>{record.offset}</>,
  key: ({ record, sought, trans }) => (
    <Content shown={record.key} bytes={record.key_bytes} sought={sought} trans={trans} />
  ),
  format: FormatChip,
  picture: Thumbnail,
  value: Value,
  headers: ({ record, sought }) => <Marked text={headersText(record)} sought={sought} />,
  keySize: ({ record }) => <Size bytes={record.key_bytes} />,
  valueSize: ({ record }) => <Size bytes={record.value_bytes} />
};

/** The cell of a record in a column. */
export function Cell({ column, ...props }: CellProps & { column: ColumnName }): JSX.Element {
  const Content = CELLS[column];
  return <Content {...props} />;
}

function Size({ bytes }: { readonly bytes: number | null }): JSX.Element {
  return <>{bytes === null ? '–' : formatBytes(bytes)}</>;
}

/** How the value was read, and what it is. */
function FormatChip({ record: { value } }: CellProps): JSX.Element {
  const isArray = value.shape !== null && value.shape.length > 0;
  const about = [value.format, value.kind, value.dtype, isArray ? shapeText(value) : null];
  return (
    <span
      className="jp-StreamRecords-format"
      data-kind={value.error === null ? value.kind : 'error'}
      title={value.error ?? about.filter(Boolean).join(', ')}
    >
      {value.format}
      {isArray && <small>{shapeText(value)}</small>}
    </span>
  );
}

function Thumbnail({ record, preview, trans }: CellProps): JSX.Element {
  if (!isPictured(record)) {
    return <></>;
  }
  if (preview === undefined) {
    return <span className="jp-StreamRecords-noThumbnail" />;
  }
  return preview.kind === 'none' ? (
    <></>
  ) : (
    <Picture
      className="jp-StreamRecords-thumbnail"
      preview={preview}
      label={trans.__('Preview: %1', preview.kind)}
    />
  );
}

function Value({ record, sought, trans }: CellProps): JSX.Element {
  const { value } = record;
  return (
    <>
      {value.error !== null && (
        <span className="jp-StreamRecords-undecodable" title={value.error}>
          {trans.__('Not %1: %2', value.format, value.error)}
        </span>
      )}
      <Content shown={value} bytes={record.value_bytes} sought={sought} trans={trans} />
    </>
  );
}

interface ContentProps {
  readonly shown: Shown;
  readonly bytes: number | null;
  readonly sought: string;
  readonly trans: TranslationBundle;
}

function Content({ shown, bytes, sought, trans }: ContentProps): JSX.Element {
  return shown.format === 'empty' ? (
    <span className="jp-StreamRecords-empty">{emptyText(bytes, trans)}</span>
  ) : (
    <Marked text={shown.text} sought={sought} />
  );
}
