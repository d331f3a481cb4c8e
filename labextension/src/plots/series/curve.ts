import type { CurveUpdate } from './update.js';

const FIRST_ROOM = 1024;

/** The points of one curve; new ones are put to the end, old ones leave at the beginning. */
export class Curve {
  constructor(
    readonly name: string,
    public unit: string,
    public axis: number
  ) {}

  /** The times, in epoch seconds. */
  get t(): Float64Array {
    return this.#t.subarray(this.#first, this.#end);
  }

  get y(): Float64Array {
    return this.#y.subarray(this.#first, this.#end);
  }

  get length(): number {
    return this.#end - this.#first;
  }

  /** Take in what is new; beyond the capacity the oldest points leave. */
  add(update: CurveUpdate, capacity: number): void {
    this.unit = update.unit;
    this.axis = update.axis;
    this.#first = Math.min(this.#end, this.#first + update.dropped);
    this.#reserve(update.t.length);
    this.#t.set(update.t, this.#end);
    this.#y.set(update.y, this.#end);
    this.#end += update.t.length;
    this.#first = Math.max(this.#first, this.#end - capacity);
  }

  /** Make room at the end, by moving the points to the beginning or into larger arrays. */
  #reserve(more: number): void {
    if (this.#end + more <= this.#t.length) {
      return;
    }
    const room = Math.max(FIRST_ROOM, 2 * (this.length + more));
    const [t, y] = [new Float64Array(room), new Float64Array(room)];
    t.set(this.t);
    y.set(this.y);
    this.#end = this.length;
    this.#first = 0;
    this.#t = t;
    this.#y = y;
  }

  #t = new Float64Array();
  #y = new Float64Array();
  #first = 0;
  #end = 0;
}

/** Return where the first time at or after another is, of rising times. */
export function firstFrom(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
