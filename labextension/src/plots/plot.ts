import type { PlotUpdate } from './update.js';

/** A plot on the page, of any kind. */
export interface Plot<Update = PlotUpdate> {
  /** Take in what is new. */
  take(update: Update, isReset: boolean): void;
  /** Tell how many items came since those of a plot that is held. */
  fallBehind(count: number): void;
  /** Bring the newest on the page. */
  paint(): void;
  /** The kernel refused what was asked of it. */
  refused(reason: string): void;
  /** Take the plot off the page. */
  dispose(): void;
  /** With how many items the plot is held; null if it goes on. */
  readonly held: number | null;
  /** How many items were never seen. */
  readonly missed: number;
}

export type ExportFormat = 'csv' | 'npz' | 'hdf5';

/** New values of what can be set in the kernel, by name. */
export type Settings = Record<
  string,
  string | number | boolean | null | number[] | Record<string, string | number>
>;

/** What a plot can ask of the view that it is in. */
export interface PlotOwner {
  /** Have the kernel compute something else. */
  configure(settings: Settings): void;
  /** Have the kernel send images with sides of at most so many pixels. */
  show(side: number): void;
  /** Have the kernel write the data to a file. */
  export(format: ExportFormat): void;
  /** Paint with the next animation frame. */
  repaint(): void;
  /** Have the kernel send everything again: what is held, or what comes. */
  resync(): void;
}
