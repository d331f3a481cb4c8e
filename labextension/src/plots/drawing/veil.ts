import type { Envelope } from './envelope.js';

/** A colour as 0xBBGGRR, as the pixels of a canvas have it on little-endian machines. */
export type PackedColour = number;

/**
 * Lines of many points, drawn into pixels by hand.
 *
 * Twenty spectra of 2048 points take a canvas some 30 ms to stroke, and one of them 5; all of them
 * take this 1 to 2. In each column of pixels a line covers what its envelope says.
 */
export class Veil {
  /** Where to draw: whole device pixels. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint32Array(width * height);
  }

  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly pixels: Uint32Array<ArrayBuffer>;

  /** Make all pixels transparent, of a colour. */
  clear(colour: PackedColour): void {
    this.pixels.fill(colour);
  }

  /** Lay a line over the others, in the colour that all pixels have. */
  add(line: Envelope, opacity: number, thickness: number): void {
    const alpha = Math.round(opacity * 255);
    this.#cover(line, thickness, (pixel, covered) => {
      const below = pixel >>> 24;
      const above = below + ((255 - below) * alpha * covered) / 255;
      return (pixel & 0xffffff) | (Math.round(above) << 24);
    });
  }

  /** Lay a line of another colour over the others. */
  over(line: Envelope, colour: PackedColour, opacity: number, thickness: number): void {
    this.#cover(line, thickness, (pixel, covered) => mixed(pixel, colour, opacity * covered));
  }

  #cover(
    { tops, bottoms }: Envelope,
    thickness: number,
    blend: (pixel: number, covered: number) => number
  ): void {
    for (let column = 0; column < this.width; column += 1) {
      const top = tops[column] - thickness / 2;
      const bottom = bottoms[column] + thickness / 2;
      const first = Math.max(0, Math.floor(top));
      const last = Math.min(this.height - 1, Math.floor(bottom));
      for (let row = first; row <= last; row += 1) {
        const covered = Math.min(row + 1, bottom) - Math.max(row, top);
        const at = row * this.width + column;
        this.pixels[at] = blend(this.pixels[at], covered);
      }
    }
  }
}

/** Lay a colour over a pixel. */
function mixed(pixel: number, colour: PackedColour, opacity: number): number {
  const below = ((pixel >>> 24) / 255) * (1 - opacity);
  const whole = opacity + below;
  const share = whole > 0 ? opacity / whole : 0;
  let result = Math.round(whole * 255) << 24;
  for (const shift of [0, 8, 16]) {
    const under = (pixel >>> shift) & 0xff;
    const above = (colour >>> shift) & 0xff;
    result |= Math.round(under + (above - under) * share) << shift;
  }
  return result;
}

/** Read a colour as `getComputedStyle` gives it; returns it with its opacity. */
export function packed(colour: string): [PackedColour, number] {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [(blue << 16) | (green << 8) | red, alpha];
}
