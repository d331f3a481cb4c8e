/** The height of a row, and of the head, in pixels. */
export const ROW = 30;

/** So many rows beyond the view are there already. */
export const SPARE = 8;

/** So near to its end, more of the list is asked for. */
export const NEAR = 30;

/** Which rows are in view, or nearly. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Return the rows in view of a list whose first row is `above` below its top. */
export function rangeOf(scrollTop: number, height: number, above: number, length: number): Range {
  const first = Math.floor((scrollTop - above) / ROW);
  const last = Math.ceil((scrollTop - above + height) / ROW);
  return {
    start: Math.max(0, Math.min(first - SPARE, length)),
    end: Math.max(0, Math.min(last + SPARE, length))
  };
}

/** Return how far to scroll for a row to be in view. */
export function scrollFor(row: number, scrollTop: number, height: number, above: number): number {
  const top = above + row * ROW;
  // The head covers the first row's height of the view.
  const visible = height - ROW;
  if (top < scrollTop) {
    return top;
  }
  return top + ROW > scrollTop + visible ? top + ROW - visible : scrollTop;
}

/** Return the row that a key leads to; null for keys that lead nowhere. */
export function rowAfter(key: string, row: number, length: number, page: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: length - 1
  };
  return key in steps ? Math.max(0, Math.min(steps[key], length - 1)) : null;
}
