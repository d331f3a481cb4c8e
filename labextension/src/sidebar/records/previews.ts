import type { Preview, StreamRecord } from '../api/records.js';
import { MOST_PREVIEWS, PREVIEWS_AT_ONCE } from './limits.js';
import { Model } from '../state/model.js';

/** Kinds of values that have a picture. */
const PICTURED: ReadonlySet<string> = new Set(['spectrum', 'image', 'table']);

/** Say whether a record's value has a picture. */
export function isPictured(record: StreamRecord): boolean {
  return PICTURED.has(record.value.kind);
}

const NONE: Preview = { kind: 'none' };

/** What the rows in view look like: asked for a few at a time, the last ones are kept. */
export class Previews extends Model {
  /** `ask` gets the preview of a record. */
  constructor(
    private readonly ask: (partition: number, offset: number) => Promise<Preview>,
    private readonly most = MOST_PREVIEWS,
    private readonly atOnce = PREVIEWS_AT_ONCE
  ) {
    super();
  }

  /** Return a record's preview, if it is there. */
  of(record: StreamRecord): Preview | undefined {
    return this.#kept.get(nameOf(record));
  }

  /** Say which records are in view: those are asked for, and no longer the ones before. */
  want(records: readonly StreamRecord[]): void {
    const pictured = records.filter(isPictured);
    pictured.forEach(record => {
      this.#renew(nameOf(record));
    });
    this.#wanted = pictured.filter(record => !this.#kept.has(nameOf(record)));
    this.#next();
  }

  /** Keep one from being the next that goes. */
  #renew(name: string): void {
    const preview = this.#kept.get(name);
    if (preview !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, preview);
    }
  }

  #next(): void {
    while (this.#pending.size < this.atOnce) {
      const record = this.#wanted.shift();
      if (record === undefined) {
        return;
      }
      if (!this.#pending.has(nameOf(record))) {
        void this.#get(record);
      }
    }
  }

  async #get(record: StreamRecord): Promise<void> {
    const name = nameOf(record);
    this.#pending.add(name);
    // A thumbnail that cannot be had is left out: the record itself says what is wrong with it.
    const preview = await this.ask(record.partition, record.offset).catch(() => NONE);
    this.#pending.delete(name);
    this.#keep(name, preview);
    this.tell();
    this.#next();
  }

  #keep(name: string, preview: Preview): void {
    this.#kept.set(name, preview);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.most) {
        return;
      }
      this.#kept.delete(oldest);
    }
  }

  readonly #kept = new Map<string, Preview>();
  readonly #pending = new Set<string>();
  #wanted: StreamRecord[] = [];
}

/** Return what a record is known by within its topic. */
export function nameOf({ partition, offset }: StreamRecord): string {
  return `${partition}:${offset}`;
}
