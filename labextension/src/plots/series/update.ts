import type { Column } from '../../columns.js';
import { count, type Fields, fields, list, number, text } from '../../wire.js';
import { type CommonUpdate, points, readCommon } from '../common.js';

/** One curve's new points. */
export interface CurveUpdate {
  readonly name: string;
  readonly unit: string;
  /** Which of the axes it is drawn on. */
  readonly axis: number;
  /** Epoch seconds. */
  readonly t: Column;
  readonly y: Column;
  /** How many of its oldest points are to be forgotten first. */
  readonly dropped: number;
}

/** What is new on curves over time. */
export interface SeriesUpdate extends CommonUpdate {
  readonly kind: 'series';
  /** The points of before are void. */
  readonly restarted: boolean;
  readonly curves: readonly CurveUpdate[];
  /** A label for each axis. */
  readonly axes: readonly string[];
  readonly capacity: number;
  /** Times of points that are set aside, since they have not come yet; rising. */
  readonly ahead: readonly number[];
}

/** Read the header of curves over time. */
export function readSeries(plot: Fields, columns: readonly Column[]): SeriesUpdate {
  return {
    ...readCommon(plot),
    kind: 'series',
    restarted: plot.restarted === true,
    curves: list(plot, 'curves', item => readCurve(fields(item, 'curve'), columns)),
    axes: list(plot, 'axes', item => text({ axis: item }, 'axis')),
    capacity: count(plot, 'capacity'),
    ahead: list(plot, 'ahead', item => number({ time: item }, 'time'))
  };
}

function readCurve(curve: Fields, columns: readonly Column[]): CurveUpdate {
  const { x, y } = points(curve, columns, 't');
  return {
    name: text(curve, 'name'),
    unit: text(curve, 'unit'),
    axis: count(curve, 'axis'),
    t: x,
    y,
    dropped: count(curve, 'dropped')
  };
}
