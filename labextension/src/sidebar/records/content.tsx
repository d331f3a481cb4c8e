import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useMemo } from 'react';

import type { Preview, Shown, StreamRecord } from '../api/records.js';
import { cellText, rangeOf } from './drawing.js';
import { readJson } from './jsontree.js';
import { Lines } from './lines.js';
import { Picture } from './picture.js';
import { hexLine, hexLines, linesOf } from './textlines.js';
import { Tree } from './tree.js';
import { emptyText } from './wording.js';

interface WholeProps {
  readonly record: StreamRecord;
  readonly trans: TranslationBundle;
}

/** A value as a tree, as text, or as hexadecimal bytes. */
export function WholeValue({ record, trans }: WholeProps): JSX.Element {
  return <Text shown={record.value} bytes={record.value_bytes} trans={trans} />;
}

/** A key. */
export function WholeKey({ record, trans }: WholeProps): JSX.Element {
  return <Text shown={record.key} bytes={record.key_bytes} trans={trans} />;
}

interface TextProps {
  readonly shown: Shown;
  readonly bytes: number | null;
  readonly trans: TranslationBundle;
}

function Text({ shown, bytes, trans }: TextProps): JSX.Element {
  const tree = useMemo(() => (shown.cut ? undefined : treeOf(shown)), [shown]);
  const lines = useMemo(() => linesOf(shown.text), [shown]);
  if (shown.format === 'empty') {
    return <p className="jp-StreamRecords-nothing">{emptyText(bytes, trans)}</p>;
  }
  if (shown.error !== null || shown.format === 'bytes') {
    return <Hex digits={shown.text} trans={trans} />;
  }
  return tree === undefined ? (
    <Lines count={lines.length} line={index => lines[index]} label={trans.__('Text')} />
  ) : (
    <Tree value={tree} trans={trans} />
  );
}

/** Only objects and lists have something to open and close. */
function treeOf(shown: Shown): object | undefined {
  const value = ['json', 'msgpack'].includes(shown.format) ? readJson(shown.text) : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}

interface HexProps {
  readonly digits: string;
  readonly trans: TranslationBundle;
}

/** Bytes, sixteen in a line. */
export function Hex({ digits, trans }: HexProps): JSX.Element {
  return (
    <Lines
      count={hexLines(digits)}
      line={index => hexLine(digits, index)}
      label={trans.__('Bytes')}
      isHex
    />
  );
}

/** Headers as a table. */
export function Headers({ record, trans }: WholeProps): JSX.Element {
  if (record.headers.length === 0) {
    return <p className="jp-StreamRecords-nothing">{trans.__('This record has no headers.')}</p>;
  }
  return (
    <div
      className="jp-StreamRecords-scroll"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Headers')}
    >
      <table className="jp-StreamRecords-plain">
        <thead>
          <tr>
            <th scope="col">{trans.__('Name')}</th>
            <th scope="col">{trans.__('Value')}</th>
          </tr>
        </thead>
        <tbody>
          {record.headers.map(([name, { text, cut }], index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>{text + (cut ? '…' : '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LargePictureProps {
  readonly preview: Preview;
  readonly trans: TranslationBundle;
}

/** A value as a picture, with what its ends stand for. */
export function LargePicture({ preview, trans }: LargePictureProps): JSX.Element {
  if (preview.kind === 'none') {
    return <p className="jp-StreamRecords-nothing">{trans.__('There is no picture of it.')}</p>;
  }
  if (preview.kind === 'table') {
    return <TableCorner columns={preview.columns} rows={preview.rows} />;
  }
  return (
    <figure className="jp-StreamRecords-figure">
      <Picture
        className="jp-StreamRecords-picture"
        preview={preview}
        label={trans.__('Preview: %1', preview.kind)}
      />
      <figcaption>{captionOf(preview, trans)}</figcaption>
    </figure>
  );
}

function captionOf(
  preview: Exclude<Preview, { kind: 'none' | 'table' }>,
  trans: TranslationBundle
): string {
  if (preview.kind === 'image') {
    return trans.__('Values from %1 to %2', brief(preview.low), brief(preview.high));
  }
  const [low, high] = rangeOf(preview.y);
  const [left, right] = rangeOf(preview.x ?? []);
  const vertical = trans.__('Values from %1 to %2', brief(low), brief(high));
  return preview.x === null
    ? vertical
    : `${vertical}; ${trans.__('x from %1 to %2', brief(left), brief(right))}`;
}

function brief(value: number): string {
  return String(Number(value.toPrecision(6)));
}

interface TableProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

function TableCorner({ columns, rows }: TableProps): JSX.Element {
  return (
    <table className="jp-StreamRecords-plain">
      <thead>
        <tr>
          {columns.map((name, index) => (
            <th key={index} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>{cellText(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
