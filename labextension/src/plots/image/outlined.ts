import type { Pen } from '../drawing/lines.js';

/** A line that can be seen on every colour. */
export function outlined(pen: Pen, path: () => void): void {
  pen.save();
  for (const [colour, width] of [
    ['#000', 3],
    ['#fff', 1.2]
  ] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    path();
    pen.stroke();
  }
  pen.restore();
}
