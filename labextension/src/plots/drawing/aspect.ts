import type { Interval } from './interval.js';

/** Widen one of two ranges so that a unit is as long across as upwards. */
export function equalUnits(
  across: Interval,
  upwards: Interval,
  frame: { readonly width: number; readonly height: number }
): [Interval, Interval] {
  const unit = Math.max(
    (across.high - across.low) / frame.width,
    (upwards.high - upwards.low) / frame.height
  );
  return [around(across, unit * frame.width), around(upwards, unit * frame.height)];
}

function around({ low, high }: Interval, span: number): Interval {
  const middle = (low + high) / 2;
  return { low: middle - span / 2, high: middle + span / 2 };
}
