import type { Partition } from '../api/topics.js';

/** So long rates are averaged, in milliseconds: the server's answers are up to 2 s old. */
const SPAN = 10_000;

interface Reading {
  readonly time: number;
  readonly highs: ReadonlyMap<number, number>;
}

/** How fast partitions grow, by their high watermarks. */
export class PartitionRates {
  /** Take in watermarks at a time in milliseconds. */
  add(partitions: readonly Partition[], time: number): void {
    const highs = new Map(partitions.map(({ partition, high }) => [partition, high]));
    const recent = this.#readings.filter(reading => time - reading.time <= SPAN);
    this.#readings = [...recent, { time, highs }];
  }

  /** Forget what was: nobody looked for a while. */
  forget(): void {
    this.#readings = [];
  }

  /** Records a second of a partition; null before it can be told. */
  of(partition: number): number | null {
    return this.#between(highs => highs.get(partition));
  }

  get total(): number | null {
    return this.#between(highs => [...highs.values()].reduce((sum, high) => sum + high, 0));
  }

  #between(value: (highs: ReadonlyMap<number, number>) => number | undefined): number | null {
    const first = this.#readings.at(0);
    const last = this.#readings.at(-1);
    if (first === undefined || last === undefined || last.time === first.time) {
      return null;
    }
    const before = value(first.highs);
    const after = value(last.highs);
    if (before === undefined || after === undefined) {
      return null;
    }
    // A topic that was made anew begins at zero again.
    return Math.max(0, (1000 * (after - before)) / (last.time - first.time));
  }

  #readings: readonly Reading[] = [];
}
