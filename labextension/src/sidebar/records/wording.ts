import type { TranslationBundle } from '@jupyterlab/translation';

import type { FormatChoice, Shown, StreamRecord } from '../api/records.js';
import type { ColumnName } from './columns.js';

/** The head of a column. */
export function columnTitle(name: ColumnName, trans: TranslationBundle): string {
  const titles: Record<ColumnName, string> = {
    time: trans.__('Time'),
    partition: trans.__('Partition'),
    offset: trans.__('Offset'),
    key: trans.__('Key'),
    format: trans.__('Format'),
    picture: trans.__('Preview'),
    value: trans.__('Value'),
    headers: trans.__('Headers'),
    keySize: trans.__('Key size'),
    valueSize: trans.__('Value size')
  };
  return titles[name];
}

/** A way to read values. */
export function formatTitle(format: FormatChoice, trans: TranslationBundle): string {
  const titles: Record<FormatChoice, string> = {
    auto: trans.__('Automatic'),
    json: 'JSON',
    msgpack: 'MessagePack',
    npy: 'NumPy',
    text: trans.__('Text'),
    bytes: trans.__('Bytes'),
    chunk: trans.__('File chunk')
  };
  return titles[format];
}

/** Say in a word or two what a value is. */
export function shapeText(shown: Shown): string {
  return shown.shape === null || shown.shape.length === 0 ? shown.kind : shown.shape.join(' × ');
}

/** Say why there is nothing where a value would be. */
export function emptyText(bytes: number | null, trans: TranslationBundle): string {
  return bytes === null ? trans.__('null') : trans.__('empty');
}

/** Write when a record was made, to the millisecond, in the user's time zone. */
export function timeText(seconds: number | null): string {
  if (seconds === null) {
    return '–';
  }
  const time = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return `${day} ${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** Write headers one after the other. */
export function headersText({ headers }: StreamRecord): string {
  return headers.map(([name, { text }]) => `${name}: ${text}`).join(', ');
}
