/** Rows beyond what can be seen that are there, so that scrolling finds no gap. */
const BEYOND = 6;

/** Which rows of many are on the page. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Return the rows that can be seen, and some more, from pixels and the height of a row. */
export function rowsInView(
  count: number,
  scrolled: number,
  height: number,
  rowHeight: number
): RowWindow {
  const above = Math.floor(scrolled / rowHeight) - BEYOND;
  const first = Math.max(0, Math.min(above, count));
  const seen = Math.ceil(height / rowHeight) + 2 * BEYOND;
  return { first, end: Math.min(count, first + seen) };
}
