/** From low to high; the two may be equal. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Return the smallest interval with both in it. */
export function union(one: Interval | null, other: Interval | null): Interval | null {
  if (one === null || other === null) {
    return one ?? other;
  }
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}

/** Return what an array spans, of the values that `counts`; null if there are none. */
export function extent(
  values: Iterable<number>,
  counts: (value: number) => boolean = Number.isFinite
): Interval | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (counts(value)) {
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
  }
  return low <= high ? { low, high } : null;
}

/** Return an interval with a share of its span more on both sides; a point gets a span. */
export function widened(interval: Interval, share: number): Interval {
  const span = interval.high - interval.low;
  const room = span > 0 ? span * share : Math.abs(interval.low) * 0.1 || 1;
  return { low: interval.low - room, high: interval.high + room };
}

/** What is free above and below the data after the range has grown. */
const HEAD_ROOM = 0.1;

/** Data that fill less than this of the range make it shrink. */
const TOO_EMPTY = 0.4;

/**
 * Return the range for data: the present one as long as it fits.
 *
 * It grows with room to spare, so that it does not move with every new maximum.
 */
export function fitted(present: Interval | null, data: Interval): Interval {
  if (present !== null && data.low >= present.low && data.high <= present.high) {
    const filled = (data.high - data.low) / (present.high - present.low);
    if (filled >= TOO_EMPTY || data.high === data.low) {
      return present;
    }
  }
  return widened(data, HEAD_ROOM);
}
