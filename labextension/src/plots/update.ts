import type { Column } from '../columns.js';
import { type Fields, fields, text, WireError } from '../wire.js';

import { type ImageUpdate, readImage } from './image/update.js';
import { readSeries, type SeriesUpdate } from './series/update.js';
import { readSpectra, type SpectrumUpdate } from './spectrum/update.js';
import { readTable, type TableUpdate } from './table/update.js';
import { readWaterfall, type WaterfallUpdate } from './waterfall/update.js';

/** What is new on a plot, of any kind. */
export type PlotUpdate =
  ImageUpdate | SeriesUpdate | SpectrumUpdate | TableUpdate | WaterfallUpdate;

export type PlotKind = PlotUpdate['kind'];

type Reader = (plot: Fields, columns: readonly Column[]) => PlotUpdate;

const READERS: Readonly<Record<PlotKind, Reader>> = {
  image: readImage,
  series: readSeries,
  spectrum: readSpectra,
  table: readTable,
  waterfall: readWaterfall
};

/** Take a text as a kind of plot. */
export function asKind(name: string): PlotKind {
  if (!Object.hasOwn(READERS, name)) {
    throw new WireError(`the kind of plot "${name}" is unknown`);
  }
  return name as PlotKind;
}

/** Read the plot of a frame's header. */
export function readUpdate(value: unknown, columns: readonly Column[]): PlotUpdate {
  const plot = fields(value, 'plot');
  return READERS[asKind(text(plot, 'kind'))](plot, columns);
}
