/** Each acknowledgement makes the kernel publish that it is busy and idle, so they are sparse. */
const INTERVAL_MS = 25;

/** Acknowledges frames: the first at once, then the newest, at most one an interval. */
export class Acknowledger {
  /** Send acknowledgements by a function, which gets the newest sequence number. */
  constructor(send: (sequence: number) => void) {
    this.#send = send;
  }

  /** Note that a frame, and all before it, was painted. */
  painted(sequence: number): void {
    this.#pending = sequence;
    if (this.#timer === null) {
      this.#flush();
    }
  }

  /** Send nothing more. */
  stop(): void {
    this.#pending = null;
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
  }

  #flush(): void {
    this.#timer = null;
    if (this.#pending !== null) {
      this.#send(this.#pending);
      this.#pending = null;
      this.#timer = setTimeout(() => {
        this.#flush();
      }, INTERVAL_MS);
    }
  }

  readonly #send: (sequence: number) => void;
  #pending: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
}
