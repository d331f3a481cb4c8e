import type { Column } from '../../columns.js';
import { type Fields, fields, nullable, number, text, WireError } from '../../wire.js';
import {
  column,
  type CommonUpdate,
  interval,
  pair,
  type Points,
  points,
  readCommon
} from '../common.js';
import type { Interval } from '../drawing/interval.js';

/** What is said of an image's values, of all or of a part. */
export type Statistics = Readonly<Record<string, number | null>>;

export interface Histogram {
  readonly counts: Column;
  readonly low: number;
  readonly high: number;
}

/** Left, top, right and bottom in the units of the axes. */
export type Bounds = readonly [number, number, number, number];

export interface Region {
  readonly bounds: Bounds;
  readonly statistics: Statistics;
}

export interface Cut extends Points {
  readonly axis: 'row' | 'column';
  readonly at: number;
}

/** The newest image; null until there is one. */
export interface ImageUpdate extends CommonUpdate {
  readonly kind: 'image';
  readonly picture: Picture | null;
}

/** An image, and what is known of it. */
export interface Picture {
  /** Rows and columns of the original. */
  readonly shape: readonly [number, number];
  /** Rows and columns of what was sent. */
  readonly sent: readonly [number, number];
  readonly image: Column;
  /** What 1 and 255 stand for, 0 being no value; null where the values were sent as they are. */
  readonly range: Interval | null;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly zLabel: string;
  /** Whether the first row is at the top. */
  readonly fromTop: boolean;
  readonly levels: Interval;
  readonly histogram: Histogram;
  readonly statistics: Statistics;
  readonly region: Region | null;
  readonly cut: Cut | null;
}

/** Read the header of an image. */
export function readImage(plot: Fields, columns: readonly Column[]): ImageUpdate {
  const picture = plot.image === undefined ? null : readPicture(plot, columns);
  return { ...readCommon(plot), kind: 'image', picture };
}

function readPicture(plot: Fields, columns: readonly Column[]): Picture {
  const picture: Picture = {
    shape: pair(plot, 'shape'),
    sent: pair(plot, 'sent'),
    image: column(plot, 'image', columns),
    range: nullable(plot, 'range', interval),
    xRange: pair(plot, 'x_range'),
    yRange: pair(plot, 'y_range'),
    xLabel: text(plot, 'x_label'),
    yLabel: text(plot, 'y_label'),
    zLabel: text(plot, 'z_label'),
    fromTop: text(plot, 'origin') === 'top',
    levels: interval(plot, 'levels'),
    histogram: readHistogram(fields(plot.histogram, 'histogram'), columns),
    statistics: readStatistics(plot.statistics),
    region: nullable(plot, 'region', (from, name) => readRegion(fields(from[name], name))),
    cut: nullable(plot, 'cut', (from, name) => readCut(fields(from[name], name), columns))
  };
  if (picture.image.length !== picture.sent[0] * picture.sent[1]) {
    throw new WireError('an image has another size than it says');
  }
  return picture;
}

function readHistogram(histogram: Fields, columns: readonly Column[]): Histogram {
  return {
    counts: column(histogram, 'counts', columns),
    low: number(histogram, 'low'),
    high: number(histogram, 'high')
  };
}

function readStatistics(value: unknown): Statistics {
  const statistics = fields(value, 'statistics');
  return Object.fromEntries(
    Object.keys(statistics).map(name => [name, nullable(statistics, name, number)])
  );
}

function readRegion(region: Fields): Region {
  const bounds = fields({ ...(region.bounds as object | null) }, 'bounds');
  const at = (index: number) => number(bounds, String(index));
  return {
    bounds: [at(0), at(1), at(2), at(3)],
    statistics: readStatistics(region.statistics)
  };
}

function readCut(cut: Fields, columns: readonly Column[]): Cut {
  const axis = text(cut, 'axis');
  if (axis !== 'row' && axis !== 'column') {
    throw new WireError(`a cut along "${axis}" is unknown`);
  }
  return { ...points(cut, columns), axis, at: number(cut, 'at') };
}
