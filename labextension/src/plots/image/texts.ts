import { formatCount } from '../../format.js';
import type { Interval } from '../drawing/interval.js';
import { formatReading, formatValue } from '../drawing/ticks.js';

import type { Statistics } from './update.js';

/** Which of so many pixels is at a place; null beyond the image. */
export function pixelAt(
  place: number,
  [start, end]: readonly [number, number],
  count: number
): number | null {
  const at = Math.floor(((place - start) / (end - start)) * count);
  return at >= 0 && at < count ? at : null;
}

/** Write a value as it was sent: as it is, or as a step of a range. */
export function valueText(sent: number, range: Interval | null): string {
  if (range === null) {
    return formatReading(sent);
  }
  const step = (range.high - range.low) / 254;
  return sent === 0 ? 'masked' : `\u2248 ${formatValue(range.low + (sent - 1) * step, step)}`;
}

/** Write statistics one after the other. */
export function listed(statistics: Statistics): string {
  const parts = Object.entries(statistics).map(([name, value]) => {
    const text =
      value === null ? '\u2013' : name === 'masked' ? formatCount(value) : formatReading(value);
    return `${name} ${text}`;
  });
  return parts.join(' \u00b7 ');
}
