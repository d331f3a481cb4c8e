import type { BokehRange } from '../bokeh.js';

import { fitted, type Interval } from './drawing/interval.js';
import { LINEAR, LOG, type Scale, type ScaleName, symlog, thresholdFor } from './drawing/scale.js';
import { type Tick, ticksFor } from './drawing/ticks.js';
import { timeTicks } from './drawing/timeticks.js';

/** How an axis finds its range, and what its ticks say. */
export interface AxisStyle {
  /** Exactly the data, or with room so that it seldom moves. */
  readonly fit: 'exact' | 'roomy';
  readonly isTime?: boolean;
}

/** One axis: a range of Bokeh's, which it moves only as long as the user does not. */
export class PlotAxis {
  constructor(range: BokehRange, style: AxisStyle) {
    this.#range = range;
    this.#style = style;
    range.change.connect(() => {
      if (!this.#isMoving) {
        this.#isFree = false;
      }
    });
  }

  label = '';

  /** Whether the lowest value is at the end of the axis. */
  isReversed = false;

  /** Whether the range follows the data; false once the user has zoomed. */
  get isFree(): boolean {
    return this.#isFree;
  }

  /** Follow the data again. */
  release(): void {
    this.#isFree = true;
    this.#present = null;
  }

  get scale(): Scale {
    return this.#scale;
  }

  /** Lay values out differently, and follow the data again. */
  rescale(name: ScaleName, largest: number): void {
    this.#threshold = thresholdFor(largest);
    this.#scale = name === 'linear' ? LINEAR : name === 'log' ? LOG : symlog(this.#threshold);
    this.release();
  }

  /** Show data, where the user has not chosen a range. */
  follow(data: Interval): void {
    if (this.#isFree) {
      const wanted = this.#placed(data);
      this.#present = this.#style.fit === 'exact' ? wanted : fitted(this.#present, wanted);
      const { low, high } = this.#present;
      this.move(...(this.isReversed ? ([high, low] as const) : ([low, high] as const)));
    }
  }

  /** Show from one place to another, in units of the scale. */
  move(start: number, end: number): void {
    if (start !== this.#range.start || end !== this.#range.end) {
      this.#isMoving = true;
      this.#range.setv({ start, end }, { sync: false });
      this.#isMoving = false;
    }
  }

  /** How far a place is between start (0) and end (1). */
  share(value: number): number {
    return (this.#scale.forward(value) - this.#range.start) / (this.#range.end - this.#range.start);
  }

  /** Return what gives the place of a value on a length of pixels, from start (0) to end. */
  places(length: number): (value: number) => number {
    // Taken once: Bokeh's properties are slow to read, and this is called for every point.
    const start = this.#range.start;
    const factor = length / (this.#range.end - start);
    const { forward } = this.#scale;
    return this.#scale === LINEAR
      ? value => (value - start) * factor
      : value => (forward(value) - start) * factor;
  }

  /** The value at a share of the way from start to end. */
  valueAt(share: number): number {
    return this.#scale.back(this.#range.start + share * (this.#range.end - this.#range.start));
  }

  /** Start and end, in units of the scale. */
  get ends(): readonly [number, number] {
    return [this.#range.start, this.#range.end];
  }

  /** What is in view, in data units. */
  get visible(): Interval {
    const [one, other] = [this.valueAt(0), this.valueAt(1)];
    return { low: Math.min(one, other), high: Math.max(one, other) };
  }

  /** About so many ticks for what is in view. */
  ticks(count: number): Tick[] {
    return this.#style.isTime === true
      ? timeTicks(this.visible, count)
      : ticksFor(this.#scale.name, this.visible, count, this.#threshold);
  }

  /** An interval that has a place on the scale; a point gets an extent. */
  #placed(data: Interval): Interval {
    const [low, high] = [this.#scale.forward(data.low), this.#scale.forward(data.high)];
    if (Number.isNaN(high)) {
      return { low: 0, high: 1 };
    }
    const lowest = Number.isNaN(low) ? high - LOG_DECADES : low;
    return lowest < high ? { low: lowest, high } : { low: lowest - 0.5, high: high + 0.5 };
  }

  readonly #range: BokehRange;
  readonly #style: AxisStyle;
  #scale: Scale = LINEAR;
  #threshold = 1;
  #present: Interval | null = null;
  #isFree = true;
  #isMoving = false;
}

/** What of data that reach zero a logarithmic axis shows. */
const LOG_DECADES = 4;
