import type { Interval } from './interval.js';
import type { Tick } from './ticks.js';

const SECONDS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900,
  1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000
];

const DAY = 86_400;

/** Return about `count` ticks at round times of day within a range of epoch seconds. */
export function timeTicks(range: Interval, count: number): Tick[] {
  const rough = (range.high - range.low) / Math.max(1, count);
  const step = SECONDS.find(one => one >= rough) ?? SECONDS[SECONDS.length - 1];
  // Round in the time that the user's clock shows.
  const shift = -60 * new Date(range.low * 1000).getTimezoneOffset();
  const ticks = [];
  for (let n = Math.ceil((range.low + shift) / step); n * step - shift <= range.high; n += 1) {
    const value = n * step - shift;
    ticks.push({ value, label: formatTime(value, step) });
  }
  return ticks;
}

/** Write a time as precisely as a resolution in seconds asks for. */
export function formatTime(seconds: number, resolution: number): string {
  const date = new Date(Math.round(seconds * 1000));
  if (resolution >= DAY) {
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  }
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (resolution >= 60) {
    return minutes;
  }
  const whole = `${minutes}:${two(date.getSeconds())}`;
  const digits = resolution >= 1 ? 0 : Math.min(3, Math.ceil(-Math.log10(resolution)));
  const fraction = String(date.getMilliseconds()).padStart(3, '0').slice(0, digits);
  return digits === 0 ? whole : `${whole}.${fraction}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
