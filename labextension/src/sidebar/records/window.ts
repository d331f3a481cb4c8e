import type { StreamRecord } from '../api/records.js';
import type { Bounds } from './cursor.js';
import { MOST_RECORDS, MOST_SIGNS } from './limits.js';
import { Model } from '../state/model.js';

/**
 * The records of a topic that are kept: a stretch without gaps, which moves over the topic.
 *
 * It knows of each partition where it begins and where it ends, so that what comes from a page or
 * from a tail joins without loss and without duplicates. What is too much goes at the other end.
 */
export class RecordWindow extends Model {
  constructor(
    private readonly mostRecords = MOST_RECORDS,
    private readonly mostSigns = MOST_SIGNS
  ) {
    super();
  }

  /** How many are kept. */
  get length(): number {
    return this.#records.length;
  }

  /** The number of the oldest one that is kept; a record has the same number while it is kept. */
  get first(): number {
    return this.#first;
  }

  /** Which stretch this is: it changes when another one begins, whose numbers mean others. */
  get generation(): number {
    return this.#generation;
  }

  /** How many older ones had to go since the stretch began. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Where the records begin, for the page of older ones. */
  get begin(): Bounds {
    return this.#low;
  }

  /** Where the records end, for the page of newer ones and for the tail. */
  get end(): Bounds {
    return this.#high;
  }

  /** Return a record by its place: 0 is the oldest. */
  at(index: number): StreamRecord | undefined {
    return this.#records[index];
  }

  /** Return the place behind a record, which -1 is in front of all. */
  placeBehind(index: number): Bounds {
    const place = new Map(this.#low);
    for (const { partition, offset } of this.#records.slice(0, index + 1)) {
      place.set(partition, offset + 1);
    }
    return place;
  }

  /** Begin a new stretch at a place, with nothing in it. */
  restart(begin: Bounds, end: Bounds = begin): void {
    this.#records = [];
    this.#low = new Map(begin);
    this.#high = new Map(end);
    this.#first = 0;
    this.#signs = 0;
    this.#dropped = 0;
    this.#generation += 1;
    this.tell();
  }

  /** Take in newer records, oldest first; the oldest that are too many go. */
  append(records: readonly StreamRecord[], end: Bounds | null = null): void {
    for (const record of records) {
      if (record.offset >= (this.#high.get(record.partition) ?? 0)) {
        this.#records.push(record);
        this.#signs += signsOf(record);
        this.#high.set(record.partition, record.offset + 1);
        // A partition that came later begins with the first record that is seen of it.
        this.#low.set(record.partition, this.#low.get(record.partition) ?? record.offset);
      }
    }
    widen(this.#high, end, Math.max);
    this.#dropOldest();
    this.tell();
  }

  /** Take in older records, newest first; the newest that are too many go. */
  prepend(records: readonly StreamRecord[], begin: Bounds | null = null): void {
    const taken: StreamRecord[] = [];
    for (const record of records) {
      if (record.offset < (this.#low.get(record.partition) ?? Infinity)) {
        taken.push(record);
        this.#signs += signsOf(record);
        this.#low.set(record.partition, record.offset);
      }
    }
    this.#records = [...taken.reverse(), ...this.#records];
    this.#first -= taken.length;
    widen(this.#low, begin, Math.min);
    this.#dropNewest();
    this.tell();
  }

  #dropOldest(): void {
    let count = 0;
    while (this.#isTooMuch(count)) {
      const record = this.#records[count];
      this.#low.set(record.partition, record.offset + 1);
      this.#signs -= signsOf(record);
      count += 1;
    }
    this.#records.splice(0, count);
    this.#first += count;
    this.#dropped += count;
  }

  #dropNewest(): void {
    while (this.#isTooMuch(0)) {
      const record = this.#records.pop();
      if (record !== undefined) {
        this.#high.set(record.partition, record.offset);
        this.#signs -= signsOf(record);
      }
    }
  }

  /** Say whether too much is kept without the first ones; the last record stays. */
  #isTooMuch(without: number): boolean {
    const left = this.#records.length - without;
    return left > this.mostRecords || (this.#signs > this.mostSigns && left > 1);
  }

  #records: StreamRecord[] = [];
  #low = new Map<number, number>();
  #high = new Map<number, number>();
  #first = 0;
  #signs = 0;
  #dropped = 0;
  #generation = 0;
}

/** Move bounds to a place beyond them. */
function widen(
  bounds: Map<number, number>,
  to: Bounds | null,
  further: (one: number, other: number) => number
): void {
  for (const [partition, offset] of to ?? []) {
    bounds.set(partition, further(bounds.get(partition) ?? offset, offset));
  }
}

/** Return about how much text a record holds. */
export function signsOf(record: StreamRecord): number {
  return record.headers.reduce(
    (sum, [name, { text }]) => sum + name.length + text.length,
    record.key.text.length + record.value.text.length
  );
}
