import type { Column } from '../../columns.js';
import { count, type Fields, fields, list, nullable, text, WireError } from '../../wire.js';
import { column, type CommonUpdate, interval, type Points, points, readCommon } from '../common.js';
import type { Interval } from '../drawing/interval.js';

/** The spectrum of one row. */
export interface Selected extends Points {
  readonly label: string;
}

/** The rows that are new on a waterfall, and how to colour them. */
export interface WaterfallUpdate extends CommonUpdate {
  readonly kind: 'waterfall';
  readonly xLabel: string;
  readonly zLabel: string;
  /** How many rows are shown. */
  readonly capacity: number;
  /** Values in a row. */
  readonly width: number;
  readonly x: Column;
  /** The new rows, one after the other. */
  readonly rows: Column;
  /** When each came, in epoch seconds. */
  readonly times: Column;
  readonly labels: readonly string[];
  readonly firstSerial: number;
  /** The axis has changed: the rows of before are void. */
  readonly restarted: boolean;
  readonly levels: Interval;
  readonly selected: Selected | null;
}

/** Read the header of a waterfall. */
export function readWaterfall(plot: Fields, columns: readonly Column[]): WaterfallUpdate {
  const update: WaterfallUpdate = {
    ...readCommon(plot),
    kind: 'waterfall',
    xLabel: text(plot, 'x_label'),
    zLabel: text(plot, 'z_label'),
    capacity: count(plot, 'capacity'),
    width: count(plot, 'width'),
    x: column(plot, 'x', columns),
    rows: column(plot, 'rows', columns),
    times: column(plot, 'times', columns),
    labels: list(plot, 'labels', item => text({ label: item }, 'label')),
    firstSerial: count(plot, 'first_serial'),
    restarted: plot.restarted === true,
    levels: interval(plot, 'levels'),
    selected: nullable(plot, 'selected', (from, name) =>
      readSelected(fields(from[name], name), columns)
    )
  };
  if (update.rows.length !== update.times.length * update.width) {
    throw new WireError('a waterfall has rows of another width than it says');
  }
  return update;
}

function readSelected(selected: Fields, columns: readonly Column[]): Selected {
  return { ...points(selected, columns), label: text(selected, 'label') };
}
