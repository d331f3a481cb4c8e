/** So long rates are kept, in milliseconds. */
export const SPAN = 60_000;

/** So long a rate is averaged: the figures of a topic may be 2 s old, so less would flicker. */
const AVERAGED = 5000;

/** Nothing was asked for so long that what is between is not known, in milliseconds. */
const GAP = 12_000;

interface Reading {
  readonly time: number;
  readonly high: number;
}

/** A rate in records a second at a time in milliseconds. */
export interface RateMoment {
  readonly time: number;
  readonly rate: number;
}

/** How fast a topic grew in the last minute, by its high watermarks. */
export class RateHistory {
  /** Take in the sum of the high watermarks at a time in milliseconds. */
  add(high: number, time: number): void {
    const last = this.#readings.at(-1);
    if (last !== undefined && time <= last.time) {
      return;
    }
    if (last !== undefined && (time - last.time > GAP || high < last.high)) {
      this.#readings = [];
    }
    const since = this.#readings.find(reading => time - reading.time <= AVERAGED) ?? null;
    this.#readings = [...this.#readings.filter(r => time - r.time <= AVERAGED), { high, time }];
    this.#moments = this.#moments.filter(moment => time - moment.time <= SPAN);
    if (since !== null) {
      const rate = (1000 * (high - since.high)) / (time - since.time);
      this.#moments = [...this.#moments, { time, rate }];
    }
  }

  get moments(): readonly RateMoment[] {
    return this.#moments;
  }

  /** Records a second now; null before it can be told. */
  get rate(): number | null {
    return this.#moments.at(-1)?.rate ?? null;
  }

  #readings: readonly Reading[] = [];
  #moments: readonly RateMoment[] = [];
}

/**
 * Return the line through rates in a box, the newest at the right, the largest at the top.
 *
 * It is empty before there are two of them.
 */
export function ratePath(moments: readonly RateMoment[], width: number, height: number): string {
  const newest = moments.at(-1)?.time ?? 0;
  const largest = Math.max(...moments.map(({ rate }) => rate), 1e-9);
  const points = moments.map(({ time, rate }) => {
    const x = width * (1 - (newest - time) / SPAN);
    const y = height - 1 - (rate / largest) * (height - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return points.length < 2 ? '' : `M${points.join('L')}`;
}
