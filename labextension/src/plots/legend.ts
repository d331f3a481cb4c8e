import { write } from './backdrop.js';
import type { Pen } from './drawing/lines.js';
import type { DataCanvas } from './stage.js';

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly dash?: readonly number[];
}

const LINE_HEIGHT = 18;
const SAMPLE = 20;
const PADDING = 8;

/** Name lines in the upper right corner of a frame. */
export function drawLegend(pen: Pen, entries: readonly LegendEntry[], canvas: DataCanvas): void {
  if (entries.length === 0) {
    return;
  }
  const { palette } = canvas;
  pen.save();
  pen.font = `11px ${palette.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const widest = Math.max(...entries.map(entry => pen.measureText(entry.name).width));
  const width = widest + SAMPLE + 3 * PADDING;
  const left = canvas.width - width - PADDING;
  pen.globalAlpha = 0.85;
  pen.fillStyle = palette.background;
  pen.fillRect(left, PADDING, width, entries.length * LINE_HEIGHT + PADDING);
  pen.globalAlpha = 1;
  entries.forEach((entry, index) => {
    const y = PADDING + PADDING / 2 + (index + 0.5) * LINE_HEIGHT;
    pen.strokeStyle = entry.colour;
    pen.lineWidth = 2;
    pen.setLineDash([...(entry.dash ?? [])]);
    pen.beginPath();
    pen.moveTo(left + PADDING, y);
    pen.lineTo(left + PADDING + SAMPLE, y);
    pen.stroke();
    write(pen, palette.text, entry.name, left + 2 * PADDING + SAMPLE, y);
  });
  pen.restore();
}
