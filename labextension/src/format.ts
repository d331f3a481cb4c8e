const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const STEP = 1000;

/** A space that does not break, so that a number stays with its unit. */
const SPACE = '\u00a0';

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
