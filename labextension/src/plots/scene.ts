import type { Fields } from '../wire.js';

import type { Axes } from './backdrop.js';
import type { Place } from './crosshairs.js';
import type { Interval } from './drawing/interval.js';
import type { PlotAxis } from './plotaxis.js';
import type { Scene } from './stage.js';

/** What makes one kind of plot in a frame different from the others. */
export interface FramedKind<Update> extends Scene {
  readonly axes: Axes;
  /** Buttons of this kind alone. */
  readonly tools: readonly HTMLElement[];
  /** Controls of this kind, to be opened. */
  readonly options: readonly HTMLElement[];
  /** What is shown below the frame: statistics, a cut. */
  readonly below: readonly HTMLElement[];
  /** Axes that can be made logarithmic. */
  readonly scalable: readonly PlotAxis[];
  /** What those are to hold. */
  readonly values: Interval | null;
  /** How many items can be seen at once. */
  readonly visible: number;
  /** Whether there is nothing to show yet. */
  readonly isEmpty: boolean;
  /** How many of what are shown, for those who do not see it. */
  readonly spoken: string;
  /** Plots with the same text here have crosshairs that move together. */
  readonly meaning: string;
  /** Take in what is new. */
  take(update: Update, isReset: boolean): void;
  /** Show how the kernel's side is set. */
  showSettings(settings: Fields): void;
  /** Show what is below the frame; called with each painting. */
  showBelow(): void;
  /** The values at a place, in words. */
  read(place: Place): string;
  /** The user clicked on a place. */
  clicked(place: Place): void;
  /** The plot is taken off the page. */
  dispose(): void;
}
