import type { Interval } from './interval.js';
import type { ScaleName } from './scale.js';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

const STEPS = [1, 2, 5, 10];

/** Exponents beyond which a number is written with a power of ten. */
const LARGEST = 6;
const SMALLEST = -4;

/** Return about `count` ticks at round values within a range. */
export function linearTicks(range: Interval, count: number): Tick[] {
  const step = roundStep((range.high - range.low) / Math.max(1, count));
  const first = Math.ceil(range.low / step);
  const last = Math.floor(range.high / step);
  const values = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return labelled(values, step);
}

/** Return ticks at powers of ten, or between them where few of those are in the range. */
export function logTicks(range: Interval, count: number): Tick[] {
  const low = Math.ceil(Math.log10(range.low));
  const high = Math.floor(Math.log10(range.high));
  if (high - low < 1) {
    return linearTicks(range, count).filter(tick => tick.value > 0);
  }
  const every = Math.max(1, Math.ceil((high - low) / count));
  const decades = [];
  for (let exponent = low; exponent <= high; exponent += every) {
    decades.push(power(exponent));
  }
  return decades;
}

/** Return ticks at zero and at powers of ten on both sides. */
export function symlogTicks(range: Interval, count: number, threshold: number): Tick[] {
  const positive = side(range.high, threshold, count);
  const negative = side(-range.low, threshold, count)
    .reverse()
    .map(tick => ({ value: -tick.value, label: `\u2212${tick.label}` }));
  const all = [...negative, { value: 0, label: '0' }, ...positive];
  return all.filter(tick => tick.value >= range.low && tick.value <= range.high);
}

/** Return ticks for a range of values on a scale. */
export function ticksFor(
  scale: ScaleName,
  range: Interval,
  count: number,
  threshold: number
): Tick[] {
  if (scale === 'log') {
    return logTicks(range, count);
  }
  return scale === 'symlog' ? symlogTicks(range, count, threshold) : linearTicks(range, count);
}

/** Write a value in as many digits as tell it apart at a resolution. */
export function formatValue(value: number, resolution: number): string {
  if (!Number.isFinite(value)) {
    return '\u2013';
  }
  const size = Math.max(Math.abs(value), Math.abs(resolution));
  const exponent = size > 0 ? Math.floor(Math.log10(size)) : 0;
  const digits = resolution > 0 ? Math.ceil(-Math.log10(resolution) - 1e-9) : 0;
  if (exponent >= LARGEST || exponent < SMALLEST) {
    const mantissa = (value / 10 ** exponent).toFixed(clamp(exponent + digits));
    return minus(`${mantissa}\u00d710${superscript(exponent)}`);
  }
  return minus(value.toFixed(clamp(digits)));
}

/** Write a value in up to six digits, without zeros that tell nothing. */
export function formatReading(value: number): string {
  const text = formatValue(value, Math.abs(value) / 1e5);
  return text.replace(/(\.\d*?)0+(?=$|\u00d7)/, '$1').replace(/\.(?=$|\u00d7)/, '');
}

function side(end: number, threshold: number, count: number): Tick[] {
  return end > threshold
    ? logTicks({ low: threshold, high: end }, Math.ceil(count / 2)).filter(tick => isPower(tick))
    : [];
}

function isPower(tick: Tick): boolean {
  return Math.abs(Math.log10(tick.value) - Math.round(Math.log10(tick.value))) < 1e-9;
}

function power(exponent: number): Tick {
  const plain = exponent >= SMALLEST + 1 && exponent < LARGEST - 1;
  const value = 10 ** exponent;
  const label = plain ? value.toFixed(Math.max(0, -exponent)) : `10${superscript(exponent)}`;
  return { value, label };
}

function roundStep(rough: number): number {
  const unit = 10 ** Math.floor(Math.log10(rough));
  return unit * (STEPS.find(step => step * unit >= rough * 0.999) ?? 10);
}

/** All labels of an axis have the same number of decimals, and the same power of ten. */
function labelled(values: readonly number[], step: number): Tick[] {
  const largest = Math.max(...values.map(Math.abs), step);
  const exponent = Math.floor(Math.log10(largest) + 1e-9);
  const scaled = exponent >= LARGEST || exponent < SMALLEST;
  const unit = scaled ? 10 ** exponent : 1;
  const decimals = clamp(Math.ceil(-Math.log10(step / unit) - 1e-9));
  return values.map(value => {
    const number = minus((value / unit).toFixed(decimals));
    return {
      value,
      label: scaled && value !== 0 ? `${number}\u00d710${superscript(exponent)}` : number
    };
  });
}

function clamp(digits: number): number {
  return Math.min(12, Math.max(0, digits));
}

function minus(text: string): string {
  return text.replace('-', '\u2212');
}

const SUPERSCRIPTS = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';

function superscript(exponent: number): string {
  const digits = Array.from(String(Math.abs(exponent)), digit => SUPERSCRIPTS[Number(digit)]);
  return (exponent < 0 ? '\u207b' : '') + digits.join('');
}
