import type { Mapping } from './lines.js';

export interface VeilLine {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** A colour as 0xBBGGRR, as the pixels of a canvas have it on little-endian machines. */
export type PackedColour = number;

/**
 * Many faint lines, drawn into pixels by hand.
 *
 * Twenty spectra of 2048 points take a canvas some 30 ms to stroke; this takes 1 to 2. Each line
 * covers, in each column of pixels, what lies between its lowest and its highest point there.
 */
export class Veil {
  /** Where to draw: whole device pixels. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint32Array(width * height);
    this.#tops = new Float32Array(width);
    this.#bottoms = new Float32Array(width);
  }

  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly pixels: Uint32Array<ArrayBuffer>;

  /** Make all pixels transparent, of a colour. */
  clear(colour: PackedColour): void {
    this.pixels.fill(colour);
  }

  /** Lay a line over the others. */
  add(line: VeilLine, map: Mapping, opacity: number, thickness: number): void {
    this.#tops.fill(Infinity);
    this.#bottoms.fill(-Infinity);
    let lastX = NaN;
    let lastY = NaN;
    for (let index = 0; index < line.x.length; index += 1) {
      const x = map.x(line.x[index]);
      const y = map.y(line.y[index]);
      this.#cover(lastX, lastY, x, y);
      lastX = x;
      lastY = y;
    }
    this.#blend(Math.round(opacity * 255), thickness / 2);
  }

  /** Note the columns that a straight piece passes; with NaN at an end it passes none. */
  #cover(x0: number, y0: number, x1: number, y1: number): void {
    const [left, leftY, right, rightY] = x0 <= x1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
    const first = Math.max(0, Math.floor(left));
    const last = Math.min(this.width - 1, Math.floor(right));
    if (!(first <= last) || Number.isNaN(leftY + rightY)) {
      return;
    }
    const slope = right > left ? (rightY - leftY) / (right - left) : 0;
    for (let column = first; column <= last; column += 1) {
      const a = column <= left ? leftY : leftY + slope * (column - left);
      const b = column + 1 >= right ? rightY : leftY + slope * (column + 1 - left);
      this.#tops[column] = Math.min(this.#tops[column], a, b);
      this.#bottoms[column] = Math.max(this.#bottoms[column], a, b);
    }
  }

  #blend(alpha: number, half: number): void {
    for (let column = 0; column < this.width; column += 1) {
      const top = this.#tops[column] - half;
      const bottom = this.#bottoms[column] + half;
      const first = Math.max(0, Math.floor(top));
      const last = Math.min(this.height - 1, Math.floor(bottom));
      for (let row = first; row <= last; row += 1) {
        const covered = Math.min(row + 1, bottom) - Math.max(row, top);
        const at = row * this.width + column;
        const pixel = this.pixels[at];
        const below = pixel >>> 24;
        const above = below + ((255 - below) * alpha * covered) / 255;
        this.pixels[at] = (pixel & 0xffffff) | (Math.round(above) << 24);
      }
    }
  }

  readonly #tops: Float32Array;
  readonly #bottoms: Float32Array;
}

/** Read a colour as `getComputedStyle` gives it; returns it with its opacity. */
export function packed(colour: string): [PackedColour, number] {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [(blue << 16) | (green << 8) | red, alpha];
}
