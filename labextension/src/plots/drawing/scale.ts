/** How values are laid out along an axis. */
export type ScaleName = 'linear' | 'log' | 'symlog';

export interface Scale {
  readonly name: ScaleName;
  /** Where a value lies; NaN where it has no place. */
  readonly forward: (value: number) => number;
  /** The value at a place. */
  readonly back: (place: number) => number;
}

export const LINEAR: Scale = { name: 'linear', forward: value => value, back: place => place };

/** Positive values only. */
export const LOG: Scale = {
  name: 'log',
  forward: value => (value > 0 ? Math.log10(value) : NaN),
  back: place => 10 ** place
};

/** Logarithmic in both directions, linear within `threshold` around zero. */
export function symlog(threshold: number): Scale {
  return {
    name: 'symlog',
    forward: value => Math.sign(value) * Math.log10(1 + Math.abs(value) / threshold),
    back: place => Math.sign(place) * threshold * (10 ** Math.abs(place) - 1)
  };
}

/** Three decades below the largest value, so that small ones can still be told apart. */
export function thresholdFor(largest: number): number {
  return largest > 0 ? 10 ** (Math.floor(Math.log10(largest)) - 3) : 1;
}
