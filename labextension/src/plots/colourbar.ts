import type { Box } from '../bokeh.js';
import type { Palette } from '../palette.js';

import { write, writeUpwards } from './backdrop.js';
import { COLOURS, cssColour } from './drawing/colourmaps.js';
import type { Interval } from './drawing/interval.js';
import type { Pen } from './drawing/lines.js';
import { linearTicks } from './drawing/ticks.js';

/** What right of the frame is needed for the bar and its numbers. */
export const COLOUR_BAR_ROOM = 92;

const GAP = 12;
const WIDTH = 12;
const TICKS_APART = 48;

/** What a colour bar shows. */
export interface ColourScale {
  readonly colours: Uint32Array;
  readonly levels: Interval;
  readonly label: string;
}

/** Draw which value has which colour, right of a frame. */
export function drawColourBar(pen: Pen, box: Box, scale: ColourScale, palette: Palette): void {
  const left = Math.round(box.left + box.width) + GAP;
  const { colours, levels } = scale;
  pen.save();
  const gradient = pen.createLinearGradient(0, box.top + box.height, 0, box.top);
  for (let index = 0; index < COLOURS; index += 15) {
    gradient.addColorStop(index / (COLOURS - 1), cssColour(colours[index]));
  }
  pen.fillStyle = gradient;
  pen.fillRect(left, box.top, WIDTH, box.height);
  pen.strokeStyle = palette.axis;
  pen.strokeRect(left + 0.5, Math.round(box.top) + 0.5, WIDTH, Math.round(box.height));
  pen.font = `11px ${palette.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const span = levels.high - levels.low;
  for (const { value, label } of span > 0 ? linearTicks(levels, box.height / TICKS_APART) : []) {
    const y = Math.round(box.top + box.height * (1 - (value - levels.low) / span)) + 0.5;
    pen.beginPath();
    pen.moveTo(left + WIDTH, y);
    pen.lineTo(left + WIDTH + 4, y);
    pen.stroke();
    write(pen, palette.mutedText, label, left + WIDTH + 7, y);
  }
  pen.restore();
  writeUpwards(pen, palette, scale.label, left + COLOUR_BAR_ROOM - GAP - 8, box);
}
