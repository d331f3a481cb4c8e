import { COLOURS } from './colourmaps.js';
import type { Interval } from './interval.js';

/** Pixels of values that are no numbers. */
const NOTHING = 0;

/**
 * Colour values: the lowest level and less gets the first colour, the highest and more the last.
 *
 * Values that are no numbers stay transparent.
 */
export function colourValues(
  values: ArrayLike<number>,
  levels: Interval,
  colours: Uint32Array,
  pixels: Uint32Array
): void {
  const factor = (COLOURS - 1) / (levels.high - levels.low || 1);
  for (let index = 0; index < values.length; index += 1) {
    const place = (values[index] - levels.low) * factor;
    pixels[index] = Number.isNaN(place)
      ? NOTHING
      : colours[place <= 0 ? 0 : place >= COLOURS - 1 ? COLOURS - 1 : (place + 0.5) | 0];
  }
}

/** Colour values that were quantised: 0 for none, 1 to 255 over a range. One look-up each. */
export function colourSteps(
  steps: ArrayLike<number>,
  range: Interval,
  levels: Interval,
  colours: Uint32Array,
  pixels: Uint32Array
): void {
  const table = new Uint32Array(STEPS);
  const unit = (range.high - range.low) / (STEPS - 2);
  const values = Float64Array.from({ length: STEPS }, (_, step) =>
    step === 0 ? NaN : range.low + (step - 1) * unit
  );
  colourValues(values, levels, colours, table);
  for (let index = 0; index < steps.length; index += 1) {
    pixels[index] = table[steps[index]];
  }
}

const STEPS = 256;
