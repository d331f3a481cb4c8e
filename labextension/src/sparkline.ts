const SVG = 'http://www.w3.org/2000/svg';

const WIDTH = 64;
const HEIGHT = 14;

/** How many values are drawn, and how far they are apart in time. */
const VALUES = 60;
const APART_MS = 500;

/** A number's course over the last half minute, as a small line. */
export class Sparkline {
  readonly node = document.createElementNS(SVG, 'svg');

  constructor() {
    this.node.setAttribute('class', 'jp-StreamSpark');
    this.node.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.node.setAttribute('aria-hidden', 'true');
    this.node.append(this.#line);
  }

  /** Take in the number at a time in milliseconds; too soon after the last it is left out. */
  add(value: number, now: number): void {
    if (now - this.#last >= APART_MS) {
      this.#last = now;
      this.#values = [...this.#values, value].slice(-VALUES);
      this.#line.setAttribute('d', sparkPath(this.#values));
    }
  }

  readonly #line = document.createElementNS(SVG, 'path');
  #values: readonly number[] = [];
  #last = -Infinity;
}

/** Return the line through values, the newest at the right, the largest at the top. */
export function sparkPath(values: readonly number[]): string {
  const step = WIDTH / (VALUES - 1);
  const largest = Math.max(...values, Number.MIN_VALUE);
  const places = values.map((value, index) => {
    const x = WIDTH - (values.length - 1 - index) * step;
    const y = HEIGHT - 1 - (value / largest) * (HEIGHT - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return places.length < 2 ? '' : `M${places.join('L')}`;
}
