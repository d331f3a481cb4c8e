import { element, setText } from '../elements.js';
import { type Palette, readPalette } from '../palette.js';

import { write } from './backdrop.js';
import type { Points } from './common.js';
import { iconButton } from './controls/button.js';
import { extent, widened } from './drawing/interval.js';
import { type Pen, strokeLine } from './drawing/lines.js';
import { linearTicks } from './drawing/ticks.js';
import { Sheet } from './sheet.js';
import { watchSize } from './sized.js';

const HEIGHT = 120;
const MARGIN = { left: 72, right: 18, top: 8, bottom: 22 };

/** A small plot of one line below a larger one. */
export class SidePlot {
  readonly node = element('div', 'jp-StreamSide');

  /** `closed` is called when the user wants to see it no more. */
  constructor(closed: () => void) {
    this.node.hidden = true;
    const head = element('div', 'jp-StreamSide-head');
    head.append(this.#title, iconButton('close', 'Close', closed));
    this.#place.style.height = `${HEIGHT}px`;
    this.#place.append(this.#sheet.node);
    this.node.append(head, this.#place);
    watchSize(this.#place, () => {
      this.#draw();
    });
  }

  /** Show a line; null hides everything. */
  show(line: (Points & { readonly title: string }) | null): void {
    this.#line = line;
    this.node.hidden = line === null;
    if (line !== null) {
      setText(this.#title, line.title);
      this.#draw();
    }
  }

  #draw(): void {
    const width = this.#place.clientWidth;
    if (this.#line !== null && width > 0) {
      this.#sheet.clear({ left: 0, top: 0, width, height: HEIGHT });
      draw(this.#sheet.pen, this.#line, width, readPalette(this.node));
    }
  }

  readonly #title = element('span', 'jp-StreamSide-title');
  readonly #place = element('div', 'jp-StreamSide-place');
  readonly #sheet = new Sheet();
  #line: Points | null = null;
}

function draw(pen: Pen, line: Points, fullWidth: number, palette: Palette): void {
  const across = extent(line.x);
  const upwards = extent(line.y);
  if (across === null || upwards === null) {
    return;
  }
  const width = fullWidth - MARGIN.left - MARGIN.right;
  const height = HEIGHT - MARGIN.top - MARGIN.bottom;
  const roomy = widened(upwards, 0.06);
  const x = (value: number) =>
    MARGIN.left + ((value - across.low) / (across.high - across.low || 1)) * width;
  const y = (value: number) =>
    MARGIN.top + (1 - (value - roomy.low) / (roomy.high - roomy.low)) * height;
  pen.font = `11px ${palette.font}`;
  pen.lineWidth = 1;
  pen.strokeStyle = palette.grid;
  pen.strokeRect(MARGIN.left + 0.5, MARGIN.top + 0.5, width, height);
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const tick of across.high > across.low ? linearTicks(across, width / 95) : []) {
    write(pen, palette.mutedText, tick.label, x(tick.value), MARGIN.top + height + 6);
  }
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const tick of linearTicks(roomy, 3)) {
    write(pen, palette.mutedText, tick.label, MARGIN.left - 8, y(tick.value));
  }
  pen.strokeStyle = palette.latest;
  pen.lineWidth = 1.4;
  strokeLine(pen, line.x, line.y, { x, y });
}
