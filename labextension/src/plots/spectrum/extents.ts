import type { Column } from '../../columns.js';
import { extent, type Interval, union } from '../drawing/interval.js';
import type { ScaleName } from '../drawing/scale.js';

const all = new WeakMap<Column, Interval | null>();
const positive = new WeakMap<Column, Interval | null>();

/** Return what columns span together; of a logarithmic axis the positive values alone count. */
export function span(columns: readonly Column[], scale: ScaleName = 'linear'): Interval | null {
  let whole: Interval | null = null;
  for (const column of columns) {
    whole = union(whole, spanOf(column, scale));
  }
  return whole;
}

/** Columns never change, so each is looked through once. */
function spanOf(column: Column, scale: ScaleName): Interval | null {
  const known = scale === 'log' ? positive : all;
  let found = known.get(column);
  if (found === undefined) {
    found = scale === 'log' ? extent(column, isPositive) : extent(column);
    known.set(column, found);
  }
  return found;
}

function isPositive(value: number): boolean {
  return value > 0 && value < Infinity;
}
