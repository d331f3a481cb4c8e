import type { Pen } from './drawing/lines.js';

interface RowRange {
  readonly first: number;
  readonly count: number;
}

/** Pixels of data, one for each value, that are stretched over a part of a frame. */
export class Raster {
  readonly canvas = document.createElement('canvas');

  constructor() {
    const pen = this.canvas.getContext('2d');
    if (pen === null) {
      throw new Error('the browser gives no canvas to draw on');
    }
    this.#pen = pen;
  }

  /** The pixels to be coloured, row by row; `put` brings them on the canvas. */
  pixels(width: number, height: number): Uint32Array<ArrayBuffer> {
    if (this.canvas.width !== width || this.canvas.height !== height || this.#image === null) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.#image = new ImageData(width, height);
    }
    return new Uint32Array(this.#image.data.buffer);
  }

  /** Take over the coloured pixels of some rows. */
  put(firstRow = 0, rows = this.canvas.height): void {
    if (this.#image !== null) {
      this.#pen.putImageData(this.#image, 0, 0, 0, firstRow, this.canvas.width, rows);
    }
  }

  /** Draw rows of it from one corner to the opposite one, in CSS pixels; corners may be swapped. */
  drawRows(
    pen: Pen,
    rows: RowRange,
    from: readonly [number, number],
    to: readonly [number, number]
  ): void {
    const [width, height] = [to[0] - from[0], to[1] - from[1]];
    const [across, down] = [Math.abs(width), Math.abs(height)];
    pen.save();
    pen.translate(from[0], from[1]);
    pen.scale(Math.sign(width) || 1, Math.sign(height) || 1);
    const isNarrower = across < this.canvas.width;
    const source =
      isNarrower && down > rows.count ? this.#narrowed(rows, across) : { ...rows, of: this.canvas };
    // Pixels stay pixels when they are enlarged, and are averaged when there are too many.
    pen.imageSmoothingEnabled = source.of === this.canvas && (isNarrower || down < rows.count);
    pen.drawImage(
      source.of,
      ...([0, source.first, source.of.width, source.count] as const),
      ...([0, 0, across, down] as const)
    );
    pen.restore();
  }

  /** Too many columns of too few rows: averaged across first, so that rows keep their edges. */
  #narrowed(rows: RowRange, width: number): RowRange & { readonly of: HTMLCanvasElement } {
    const narrow = this.#narrow;
    narrow.width = Math.max(1, Math.round(width * window.devicePixelRatio));
    narrow.height = rows.count;
    narrow
      .getContext('2d')
      ?.drawImage(
        this.canvas,
        ...([0, rows.first, this.canvas.width, rows.count] as const),
        ...([0, 0, narrow.width, rows.count] as const)
      );
    return { first: 0, count: rows.count, of: narrow };
  }

  readonly #narrow = document.createElement('canvas');
  readonly #pen: CanvasRenderingContext2D;
  #image: ImageData | null = null;
}
