import { asFailure, type Failure } from '../api/failure.js';

/** Ask once; the signal is aborted when nobody waits for the answer any more. */
export type Ask<Answer> = (signal: AbortSignal) => Promise<Answer>;

/** What happens with answers and failures. */
export interface Heard<Answer> {
  readonly answered: (answer: Answer) => void;
  readonly failed: (failure: Failure) => void;
}

/** A failure is not asked about more often than this, however long it lasts: in milliseconds. */
const LONGEST_PAUSE = 30_000;

/**
 * Asks the same again and again while somebody looks.
 *
 * There is one question at a time: the next one waits for the answer to the last, and then for the
 * pause. After failures pauses grow.
 */
export class Repeating<Answer> {
  /** `pause` is in milliseconds, and may change. */
  constructor(
    private readonly ask: Ask<Answer>,
    private readonly heard: Heard<Answer>,
    private readonly pause: () => number
  ) {}

  /** Go on, beginning now, or stop and give up a question that is under way. */
  setActive(isActive: boolean): void {
    if (isActive !== this.#isActive) {
      this.#isActive = isActive;
      this.restart();
    }
  }

  /** Ask again as soon as a question that is under way is answered. */
  soon(): void {
    if (this.#underWay === null) {
      this.restart();
    } else {
      this.#isDue = true;
    }
  }

  /** Forget a question that is under way, and ask anew: the question is another one now. */
  restart(): void {
    this.#underWay?.abort();
    this.#underWay = null;
    this.#isDue = false;
    this.#failures = 0;
    clearTimeout(this.#timer);
    if (this.#isActive) {
      void this.#run();
    }
  }

  async #run(): Promise<void> {
    const control = new AbortController();
    this.#underWay = control;
    const tell = await this.#outcome(control.signal);
    if (!control.signal.aborted) {
      this.#underWay = null;
      tell();
      this.#plan();
    }
  }

  /** Wait for the answer, and return what is to be told of it. */
  async #outcome(signal: AbortSignal): Promise<() => void> {
    try {
      const answer = await this.ask(signal);
      return () => {
        this.#failures = 0;
        this.heard.answered(answer);
      };
    } catch (error) {
      return () => {
        this.#failures += 1;
        this.heard.failed(asFailure(error));
      };
    }
  }

  /** Who hears the answer may have asked again meanwhile, or stopped. */
  #plan(): void {
    if (this.#isActive && this.#underWay === null) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#run(), this.#isDue ? 0 : this.#nextPause());
      this.#isDue = false;
    }
  }

  #nextPause(): number {
    return Math.max(this.pause(), Math.min(this.pause() * 2 ** this.#failures, LONGEST_PAUSE));
  }

  #isActive = false;
  #isDue = false;
  #failures = 0;
  #underWay: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
}
