import type { WaterfallUpdate } from './update.js';

/** The rows of a waterfall: as many as fit, each at the place of its serial in a ring. */
export class WaterfallRows {
  /** Values, row by row. */
  values = new Float32Array();
  times = new Float64Array();
  labels: string[] = [];
  width = 0;
  capacity = 0;
  /** Serials of the oldest row and of the one after the newest. */
  first = 0;
  end = 0;

  get count(): number {
    return this.end - this.first;
  }

  /** Forget all rows. */
  clear(): void {
    this.first = this.end;
  }

  /** Take in new rows; returns the serials that have other values now. */
  add(update: WaterfallUpdate): { first: number; end: number } {
    if (update.width !== this.width || update.capacity !== this.capacity) {
      this.#resize(update.width, update.capacity);
    }
    const { firstSerial, times, labels, rows, width } = update;
    const before = this.count === 0 ? firstSerial : this.first;
    const skipped = Math.max(0, times.length - this.capacity);
    for (let index = skipped; index < times.length; index += 1) {
      const slot = this.slot(firstSerial + index);
      this.values.set(rows.subarray(index * width, (index + 1) * width), slot * width);
      this.times[slot] = times[index];
      this.labels[slot] = labels[index];
    }
    this.end = times.length > 0 ? firstSerial + times.length : this.end;
    this.first = Math.max(before, this.end - this.capacity);
    return { first: firstSerial + skipped, end: firstSerial + times.length };
  }

  /** Where in the ring a row is. */
  slot(serial: number): number {
    return serial % this.capacity;
  }

  #resize(width: number, capacity: number): void {
    this.values = new Float32Array(width * capacity);
    this.times = new Float64Array(capacity);
    this.labels = [];
    this.width = width;
    this.capacity = capacity;
    this.first = this.end = 0;
  }
}
