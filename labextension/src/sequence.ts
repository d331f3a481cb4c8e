import type { Frame } from './frame.js';

/** What to do with a frame: use it, leave it, or ask for everything again. */
export type Verdict = 'use' | 'leave' | 'ask';

/** Notices when frames were lost on the way. */
export class FrameSequence {
  /** Wait for a frame with everything in it; it was asked for. */
  restart(): void {
    this.#last = null;
  }

  /** Judge the next frame that arrived. */
  judge(frame: Pick<Frame, 'sequence' | 'reset'>): Verdict {
    if (frame.reset || frame.sequence === this.#expected) {
      this.#last = frame.sequence;
      return 'use';
    }
    if (this.#last === null) {
      return 'leave';
    }
    this.#last = null;
    return 'ask';
  }

  get #expected(): number | null {
    return this.#last === null ? null : this.#last + 1;
  }

  #last: number | null = null;
}
