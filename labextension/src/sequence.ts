import type { Frame } from './frame.js';

/** What to do with a frame: use it, leave it, or ask for everything again. */
export type Verdict = 'use' | 'leave' | 'ask';

/** Notices when frames were lost on the way, and those that another way has overtaken. */
export class FrameSequence {
  /** Wait for a frame with everything in it; it was asked for. */
  restart(): void {
    this.#waits = true;
  }

  /** Judge the next frame that arrived. */
  judge({ sequence, reset }: Pick<Frame, 'sequence' | 'reset'>): Verdict {
    if (sequence <= this.#newest) {
      return 'leave';
    }
    const follows = !this.#waits && sequence === this.#newest + 1;
    if (reset || follows) {
      this.#waits = false;
      this.#newest = sequence;
      return 'use';
    }
    if (this.#waits) {
      return 'leave';
    }
    this.#waits = true;
    return 'ask';
  }

  #newest = 0;
  #waits = true;
}
