import type { Box } from '../bokeh.js';
import type { Palette } from '../palette.js';

import type { Pen } from './drawing/lines.js';
import type { PlotAxis } from './plotaxis.js';

/** Pixels between ticks. */
const ACROSS = 95;
const UPWARDS = 48;

const TICK = 5;
const FONT_SIZE = 12;
const SMALL_SIZE = 11;

/** The axes of a plot: x below; of the y axes the first at the left, the others at the right. */
export interface Axes {
  readonly x: PlotAxis;
  readonly left: PlotAxis;
  /** Whether the left axis tells its values; rows of a waterfall tell their times instead. */
  readonly leftTells?: boolean;
  readonly right: readonly PlotAxis[];
  /** Whether lines of a grid help: not behind data that cover it. */
  readonly hasGrid?: boolean;
}

/** Draw what stands behind and beside the data: grid, ticks, their labels, and the axes' names. */
export function drawBackdrop(pen: Pen, box: Box, axes: Axes, palette: Palette): void {
  pen.save();
  pen.lineWidth = 1;
  const inner = axes.hasGrid === false ? { ...palette, grid: 'transparent' } : palette;
  pen.font = `${SMALL_SIZE}px ${palette.font}`;
  drawAcross(pen, box, axes.x, inner);
  if (axes.leftTells !== false) {
    drawLeft(pen, box, axes.left, inner);
  }
  axes.right.forEach((axis, index) => {
    drawRight(pen, box, axis, palette, index);
  });
  pen.strokeStyle = palette.axis;
  pen.strokeRect(crisp(box.left), crisp(box.top), Math.round(box.width), Math.round(box.height));
  pen.restore();
}

/** Where an axis to the right stands. */
export const RIGHT_AXIS_WIDTH = 80;

function drawAcross(pen: Pen, box: Box, axis: PlotAxis, palette: Palette): void {
  const bottom = box.top + box.height;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const { value, label } of axis.ticks(box.width / ACROSS)) {
    const x = crisp(box.left + axis.share(value) * box.width);
    line(pen, palette.grid, x, box.top, x, bottom);
    line(pen, palette.axis, x, bottom, x, bottom + TICK);
    write(pen, palette.mutedText, label, x, bottom + TICK + 3);
  }
  pen.font = `${FONT_SIZE}px ${palette.font}`;
  write(pen, palette.text, axis.label, box.left + box.width / 2, bottom + 25);
  pen.font = `${SMALL_SIZE}px ${palette.font}`;
}

function drawLeft(pen: Pen, box: Box, axis: PlotAxis, palette: Palette): void {
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const { value, label } of axis.ticks(box.height / UPWARDS)) {
    const y = crisp(box.top + (1 - axis.share(value)) * box.height);
    line(pen, palette.grid, box.left, y, box.left + box.width, y);
    line(pen, palette.axis, box.left - TICK, y, box.left, y);
    write(pen, palette.mutedText, label, box.left - TICK - 3, y);
  }
  writeUpwards(pen, palette, axis.label, 12, box);
}

function drawRight(pen: Pen, box: Box, axis: PlotAxis, palette: Palette, index: number): void {
  const right = crisp(box.left + box.width + index * RIGHT_AXIS_WIDTH);
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  line(pen, palette.axis, right, box.top, right, box.top + box.height);
  for (const { value, label } of axis.ticks(box.height / UPWARDS)) {
    const y = crisp(box.top + (1 - axis.share(value)) * box.height);
    line(pen, palette.axis, right, y, right + TICK, y);
    write(pen, palette.mutedText, label, right + TICK + 3, y);
  }
  writeUpwards(pen, palette, axis.label, right + RIGHT_AXIS_WIDTH - 10, box);
}

/** Write along a vertical axis. */
export function writeUpwards(pen: Pen, palette: Palette, text: string, x: number, box: Box): void {
  pen.save();
  pen.translate(x, box.top + box.height / 2);
  pen.rotate(-Math.PI / 2);
  pen.font = `${FONT_SIZE}px ${palette.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  write(pen, palette.text, text, 0, 0);
  pen.restore();
}

/** Write in a colour. */
export function write(pen: Pen, colour: string, text: string, x: number, y: number): void {
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** Lines of one pixel are sharp in the middle of one. */
function crisp(place: number): number {
  return Math.round(place) + 0.5;
}

function line(pen: Pen, colour: string, x0: number, y0: number, x1: number, y1: number): void {
  pen.strokeStyle = colour;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
