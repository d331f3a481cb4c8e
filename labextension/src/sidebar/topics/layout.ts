import type { Row } from './rows.js';

/** Heights of rows, in pixels; the style sheet has the same. */
export const GROUP_HEIGHT = 26;
export const TOPIC_HEIGHT = 42;

/** So many pixels beyond what can be seen there are rows too, so that scrolling finds no gap. */
const BEYOND = 240;

/** Where rows begin, and at the end where the last one ends, in pixels. */
export function topsOf(rows: readonly Row[]): Float64Array {
  const tops = new Float64Array(rows.length + 1);
  rows.forEach((row, index) => {
    tops[index + 1] = tops[index] + (row.kind === 'group' ? GROUP_HEIGHT : TOPIC_HEIGHT);
  });
  return tops;
}

/** Rows from the first up to, but without, the end. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Return the rows that are at least partly between two heights. */
export function rowsBetween(tops: Float64Array, from: number, to: number): RowRange {
  const first = Math.max(0, firstAbove(tops, from) - 1);
  return { first, end: Math.max(first, Math.min(tops.length - 1, firstAbove(tops, to - 1))) };
}

/** Return the rows that have to be on the page. */
export function rowsOnPage(tops: Float64Array, scrolled: number, height: number): RowRange {
  return rowsBetween(tops, scrolled - BEYOND, scrolled + height + BEYOND);
}

/** Return the first index whose top is larger than a height. */
function firstAbove(tops: Float64Array, height: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tops[middle] > height) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
