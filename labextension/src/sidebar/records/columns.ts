/** The columns a record can be shown in, in their order. */
export const COLUMNS = [
  'time',
  'partition',
  'offset',
  'key',
  'format',
  'picture',
  'value',
  'headers',
  'keySize',
  'valueSize'
] as const;

export type ColumnName = (typeof COLUMNS)[number];

/** A column always shown says what the record is. */
export const FIXED: ReadonlySet<ColumnName> = new Set(['value']);

export const SHOWN_AT_FIRST: readonly ColumnName[] = [
  'time',
  'partition',
  'offset',
  'key',
  'format',
  'picture',
  'value',
  'valueSize'
];

/** Widths as CSS writes tracks of a grid, and the least of it in pixels. */
export const TRACKS: Readonly<Record<ColumnName, readonly [string, number]>> = {
  time: ['188px', 188],
  partition: ['72px', 72],
  offset: ['84px', 84],
  key: ['minmax(84px, 0.35fr)', 84],
  format: ['114px', 114],
  picture: ['112px', 112],
  value: ['minmax(140px, 1fr)', 140],
  headers: ['minmax(120px, 0.5fr)', 120],
  keySize: ['84px', 84],
  valueSize: ['84px', 84]
};

/** Numbers stand at the right, one under the other. */
export const NUMBERS: ReadonlySet<ColumnName> = new Set([
  'partition',
  'offset',
  'keySize',
  'valueSize'
]);

/** Return the columns with one more or one less, in their order. */
export function toggled(shown: readonly ColumnName[], name: ColumnName): readonly ColumnName[] {
  const isShown = shown.includes(name);
  return COLUMNS.filter(column => (column === name ? !isShown : shown.includes(column)));
}

/** Read the columns that were kept; what is none is left out. */
export function columnsIn(kept: unknown): readonly ColumnName[] {
  if (!Array.isArray(kept)) {
    return SHOWN_AT_FIRST;
  }
  return COLUMNS.filter(name => FIXED.has(name) || kept.includes(name));
}

/** What an opened record shows itself, so that the list beside it does not have to. */
const OPENED: ReadonlySet<ColumnName> = new Set([
  'partition',
  'format',
  'picture',
  'headers',
  'keySize',
  'valueSize'
]);

/** Return the columns that there is room for beside an opened record. */
export function besideOpened(shown: readonly ColumnName[]): readonly ColumnName[] {
  return shown.filter(column => !OPENED.has(column));
}
