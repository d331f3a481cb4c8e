import type { Fields } from '../../wire.js';
import type { Interval } from '../drawing/interval.js';

/** While a level is dragged the kernel is not asked for each step. */
const TELL_AFTER_MS = 250;

/** The levels that the user sets, until the kernel has them too. */
export class HandLevels {
  /** `tell` gives them to the kernel. */
  constructor(tell: (levels: Interval) => void) {
    this.#tell = tell;
  }

  /** The levels to use: by hand, or those found. */
  used(found: Interval): Interval {
    return this.#chosen ?? found;
  }

  /** Use these levels, and tell the kernel soon. */
  choose({ low, high }: Interval): void {
    const chosen = low <= high ? { low, high } : { low: high, high: low };
    this.#chosen = chosen;
    clearTimeout(this.#timer ?? undefined);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#toldOver = this.#known;
      this.#tell(chosen);
    }, TELL_AFTER_MS);
  }

  /** Use what the kernel finds; what it was not told yet it is never told. */
  forget(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    this.#chosen = null;
  }

  /** See how the kernel is set: once it has the levels, or got others since, it decides. */
  settle(settings: Fields): void {
    this.#known = levelsKey(settings);
    if (this.#chosen === null || this.#timer !== null) {
      return;
    }
    const { low, high } = this.#chosen;
    const hasThem = JSON.stringify(settings.levels) === JSON.stringify([low, high]);
    if (hasThem || this.#known !== this.#toldOver) {
      this.forget();
    }
  }

  readonly #tell: (levels: Interval) => void;
  #chosen: Interval | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #known = '';
  /** How the kernel was set when it was told. */
  #toldOver = '';
}

/** What two settings have in common if their levels are found in the same way. */
function levelsKey({ level_mode, percentiles, levels }: Fields): string {
  return JSON.stringify([level_mode, percentiles, levels]);
}
