import { setText } from './elements.js';

const SVG = 'http://www.w3.org/2000/svg';

const WIDTH = 64;
const HEIGHT = 14;

/** How much time is drawn, how far values are apart in it, and when nothing came in between. */
const SPAN_MS = 30_000;
const APART_MS = 500;
const GAP_MS = 2500;

/** A value at a time in milliseconds. */
export interface Moment {
  readonly time: number;
  readonly value: number;
}

/** A number's course over the last half minute, as a small line. */
export class Sparkline {
  readonly node = document.createElementNS(SVG, 'svg');

  /** `name` says what the number is, `write` writes one with its unit. */
  constructor(name: string, write: (value: number) => string) {
    this.#name = name;
    this.#write = write;
    this.node.setAttribute('class', 'jp-StreamSpark');
    this.node.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.node.setAttribute('role', 'img');
    this.node.append(this.#title, this.#line);
    this.#tell();
  }

  /** Take in the number at a time in milliseconds; too soon after the last it is left out. */
  add(value: number, now: number): void {
    const last = this.#moments.at(-1)?.time ?? -Infinity;
    if (now - last >= APART_MS) {
      const recent = this.#moments.filter(({ time }) => now - time <= SPAN_MS);
      this.#moments = [...recent, { time: now, value }];
      this.#line.setAttribute('d', sparkPath(this.#moments));
      this.#tell();
    }
  }

  /** Say what the line is, and what its top stands for. */
  #tell(): void {
    const largest = Math.max(...this.#moments.map(({ value }) => value), 0);
    const text = `${this.#name} over the last ${SPAN_MS / 1000} seconds, at most ${this.#write(largest)}`;
    this.node.setAttribute('aria-label', text);
    setText(this.#title, text);
  }

  readonly #name: string;
  readonly #write: (value: number) => string;
  readonly #title = document.createElementNS(SVG, 'title');
  readonly #line = document.createElementNS(SVG, 'path');
  #moments: readonly Moment[] = [];
}

/**
 * Return the line through values, the newest at the right, the largest at the top.
 *
 * Where none came for long there is no line; one that is alone is a dot.
 */
export function sparkPath(moments: readonly Moment[]): string {
  const newest = moments.at(-1)?.time ?? 0;
  const largest = Math.max(...moments.map(({ value }) => value), Number.MIN_VALUE);
  return moments
    .map(({ time, value }, index) => {
      const x = WIDTH * (1 - (newest - time) / SPAN_MS);
      const y = HEIGHT - 1 - (value / largest) * (HEIGHT - 2);
      const place = `${x.toFixed(1)},${y.toFixed(1)}`;
      const isNext = index > 0 && time - moments[index - 1].time <= GAP_MS;
      return isNext ? `L${place}` : `M${place}h0`;
    })
    .join('');
}
