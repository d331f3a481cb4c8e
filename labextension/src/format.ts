const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const STEP = 1000;

/** A space that does not break, so that a number stays with its unit. */
const SPACE = '\u00a0';

const DURATIONS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 }
];

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1
});

/** Format a whole number: 12,345. */
export function formatCount(value: number): string {
  return WHOLE.format(value);
}

/** Format a number of bytes: 1.2 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.95 would be written as 1000.0.
  while (value >= STEP - 0.05 && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${(unit === 0 ? WHOLE : TENTHS).format(value)}${SPACE}${UNITS[unit]}`;
}

/** Format a rate of bytes: 1.2 MB/s. */
export function formatByteRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Format a rate of things: 3.4 files/s. */
export function formatRate(perSecond: number, things: string): string {
  return `${(perSecond < 99.95 ? TENTHS : WHOLE).format(perSecond)}${SPACE}${things}/s`;
}

/** Name a number of things: 1 error, 2 errors. */
export function formatCounted(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Format a time that will pass: 45 s, 2 min 5 s, 3 h 20 min, 2 d 4 h. */
export function formatDuration(seconds: number): string {
  let rest = Math.ceil(seconds);
  const largest = DURATIONS.findIndex(unit => rest >= unit.seconds);
  const parts: string[] = [];
  for (const unit of largest < 0 ? [] : DURATIONS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) {
      parts.push(`${formatCount(count)}${SPACE}${unit.name}`);
    }
  }
  return parts.length === 0 ? `0${SPACE}s` : parts.join(SPACE);
}
