import { element } from '../../elements.js';
import { readPalette } from '../../palette.js';
import type { Interval } from '../drawing/interval.js';
import { Sheet } from '../sheet.js';
import { watchSize } from '../sized.js';

import type { Histogram } from './update.js';

const WIDTH = 240;
const HEIGHT = 56;

/** How often values occur, with the levels as two lines that can be dragged. */
export class HistogramView {
  readonly node = element('div', 'jp-StreamHistogram');

  /** `chosen` is called with the levels that the user drags the lines to. */
  constructor(chosen: (levels: Interval) => void) {
    this.node.title = 'How often values occur; drag a line to set a level';
    this.node.setAttribute('role', 'img');
    this.node.setAttribute('aria-label', 'Histogram with levels');
    this.node.append(this.#sheet.node);
    watchSize(this.node, () => {
      this.#draw();
    });
    this.node.addEventListener('pointerdown', event => {
      this.node.setPointerCapture(event.pointerId);
      this.#grab(this.#valueAt(event));
      chosen(this.#dragged(event));
    });
    this.node.addEventListener('pointermove', event => {
      if (this.#end !== null) {
        chosen(this.#dragged(event));
      }
    });
    this.node.addEventListener('pointerup', () => {
      this.#end = null;
    });
  }

  /** Draw a histogram, if it can be seen. */
  show(histogram: Histogram, levels: Interval): void {
    this.#histogram = histogram;
    this.#levels = levels;
    if (this.node.offsetParent !== null) {
      this.#draw();
    }
  }

  #draw(): void {
    const histogram = this.#histogram;
    const levels = this.#levels;
    const palette = readPalette(this.node);
    this.#sheet.clear({ left: 0, top: 0, width: WIDTH, height: HEIGHT });
    const { pen } = this.#sheet;
    const logs = Array.from(histogram.counts, count => Math.log1p(count));
    const highest = Math.max(...logs, 1);
    pen.fillStyle = palette.history;
    logs.forEach((log, index) => {
      const height = (log / highest) * (HEIGHT - 4);
      pen.fillRect((index * WIDTH) / logs.length, HEIGHT - height, WIDTH / logs.length, height);
    });
    pen.fillStyle = palette.latest;
    for (const level of [levels.low, levels.high]) {
      pen.fillRect(this.#place(level) - 1, 0, 2, HEIGHT);
    }
  }

  #grab(value: number): void {
    const { low, high } = this.#levels;
    this.#end = Math.abs(value - low) <= Math.abs(value - high) ? 'low' : 'high';
  }

  #dragged(event: PointerEvent): Interval {
    const value = this.#valueAt(event);
    const { low, high } = this.#levels;
    return this.#end === 'low'
      ? { low: Math.min(value, high), high }
      : { low, high: Math.max(value, low) };
  }

  #place(value: number): number {
    const { low, high } = this.#histogram;
    const share = (value - low) / (high - low || 1);
    return Math.min(WIDTH - 1, Math.max(1, share * WIDTH));
  }

  #valueAt(event: PointerEvent): number {
    const { low, high } = this.#histogram;
    const x = event.clientX - this.node.getBoundingClientRect().left;
    return low + (Math.min(WIDTH, Math.max(0, x)) / WIDTH) * (high - low);
  }

  readonly #sheet = new Sheet();
  #histogram: Histogram = { counts: new Float32Array(), low: 0, high: 1 };
  #levels: Interval = { low: 0, high: 1 };
  #end: 'low' | 'high' | null = null;
}
