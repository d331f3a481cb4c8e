/** A place that a plot points at, in the units of its axes. */
export interface Place {
  readonly x: number;
  /** Null where only x means the same on other plots. */
  readonly y: number | null;
}

type Listener = (place: Place | null) => void;

/** Plots of one page that point at the same place, where their axes mean the same. */
const groups = new Map<string, Set<Listener>>();

/** Says to the other plots with the same axes where the pointer is. */
export class Crosshair {
  /** `pointed` is called with where another plot points. */
  constructor(pointed: Listener) {
    this.#pointed = pointed;
  }

  /** Join the plots whose axes have a meaning, and leave those of before. */
  join(meaning: string): void {
    if (meaning !== this.#meaning) {
      this.leave();
      this.#meaning = meaning;
      const group = groups.get(meaning) ?? new Set();
      groups.set(meaning, group.add(this.#pointed));
    }
  }

  /** Tell the others where the pointer is; null when it has left. */
  point(place: Place | null): void {
    for (const listener of groups.get(this.#meaning) ?? []) {
      if (listener !== this.#pointed) {
        listener(place);
      }
    }
  }

  /** Belong to no plots any more. */
  leave(): void {
    const group = groups.get(this.#meaning);
    group?.delete(this.#pointed);
    if (group?.size === 0) {
      groups.delete(this.#meaning);
    }
    this.#meaning = '';
  }

  readonly #pointed: Listener;
  #meaning = '';
}
