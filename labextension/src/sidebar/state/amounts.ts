import { formatCount, formatDuration } from '../../format.js';

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** From here on a number is written short. */
const LONG = 100_000;

/** Write a number short: 12,345, 1.2M. */
export function shortCount(value: number): string {
  return value < LONG ? formatCount(value) : COMPACT.format(value);
}

/** Write a rate: 0, 0.4, 12, 3.4K. */
export function shortRate(perSecond: number): string {
  if (perSecond === 0) {
    return '0';
  }
  return perSecond < 9.95 ? perSecond.toFixed(1) : COMPACT.format(Math.round(perSecond));
}

/** Write how long ago something was, in its largest unit: 5 s, 3 min, 2 d. */
export function shortDuration(seconds: number): string {
  return formatDuration(Math.floor(seconds)).split('\u00a0').slice(0, 2).join('\u00a0');
}
