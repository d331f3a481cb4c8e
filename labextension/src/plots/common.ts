import type { Column } from '../columns.js';
import { count, type Fields, fields, number, text, WireError } from '../wire.js';

import type { Interval } from './drawing/interval.js';

/** What updates of all kinds tell. */
export interface CommonUpdate {
  readonly title: string;
  /** The newest item. */
  readonly label: string;
  /** Items added so far. */
  readonly total: number;
  /** How many of the items since the last update can be seen in this one. */
  readonly fresh: number;
  /** How the kernel's side is set. */
  readonly settings: Fields;
}

/** Read what updates of all kinds tell. */
export function readCommon(plot: Fields): CommonUpdate {
  return {
    title: text(plot, 'title'),
    label: text(plot, 'label'),
    total: count(plot, 'total'),
    fresh: count(plot, 'fresh'),
    settings: fields(plot.settings, 'settings')
  };
}

/** Take a field as the index of a column. */
export function column(from: Fields, name: string, columns: readonly Column[]): Column {
  const index = count(from, name);
  const found = columns.at(index);
  if (found === undefined) {
    throw new WireError(`column ${index} is missing`);
  }
  return found;
}

/** A line's points. */
export interface Points {
  readonly x: Column;
  readonly y: Column;
}

/** Take two fields as the points of a line. */
export function points(from: Fields, columns: readonly Column[], across: 'x' | 't' = 'x'): Points {
  const x = column(from, across, columns);
  const y = column(from, 'y', columns);
  if (x.length !== y.length) {
    throw new WireError(`a line has ${x.length} ${across} values and ${y.length} y values`);
  }
  return { x, y };
}

/** Take a field as a pair of numbers. */
export function pair(from: Fields, name: string): [number, number] {
  const value = fields({ ...(from[name] as object | null) }, name);
  const [first, second] = [number(value, '0'), number(value, '1')];
  return [first, second];
}

/** Take a field as an interval; low and high may be the same. */
export function interval(from: Fields, name: string): Interval {
  const [low, high] = pair(from, name);
  return { low, high };
}
