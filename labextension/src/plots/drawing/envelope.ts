import type { Mapping } from './lines.js';

export interface Line {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Between what a line lies in each column of pixels; where it does not go, tops are infinite. */
export interface Envelope {
  readonly tops: Float32Array;
  readonly bottoms: Float32Array;
}

/** Find between what a line lies in each of so many columns; points that are NaN leave a gap. */
export function envelopeOf(line: Line, map: Mapping, columns: number): Envelope {
  const found = {
    tops: new Float32Array(columns).fill(Infinity),
    bottoms: new Float32Array(columns).fill(-Infinity)
  };
  let lastX = NaN;
  let lastY = NaN;
  for (let index = 0; index < line.x.length; index += 1) {
    const x = map.x(line.x[index]);
    const y = map.y(line.y[index]);
    cover(found, lastX, lastY, x, y);
    lastX = x;
    lastY = y;
  }
  return found;
}

/** Note the columns that a straight piece passes; with NaN at an end it passes none. */
function cover({ tops, bottoms }: Envelope, x0: number, y0: number, x1: number, y1: number): void {
  const isForward = x0 <= x1;
  const left = isForward ? x0 : x1;
  const right = isForward ? x1 : x0;
  const leftY = isForward ? y0 : y1;
  const rightY = isForward ? y1 : y0;
  const first = Math.max(0, Math.floor(left));
  const last = Math.min(tops.length - 1, Math.floor(right));
  if (!(first <= last) || Number.isNaN(leftY + rightY)) {
    return;
  }
  const slope = right > left ? (rightY - leftY) / (right - left) : 0;
  for (let column = first; column <= last; column += 1) {
    const a = column <= left ? leftY : leftY + slope * (column - left);
    const b = column + 1 >= right ? rightY : leftY + slope * (column + 1 - left);
    tops[column] = Math.min(tops[column], a, b);
    bottoms[column] = Math.max(bottoms[column], a, b);
  }
}
