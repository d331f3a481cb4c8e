/** Smallest and largest side that is asked for, in pixels. */
const SMALLEST = 16;
const LARGEST = 2048;

/** While a pane is resized, or zoomed into, the kernel is not asked for each step. */
const TELL_AFTER_MS = 250;

/** One side of an image: its own pixels, and those of the screen that the whole of it would take. */
export interface Side {
  readonly own: number;
  readonly onScreen: number;
}

/**
 * Return the longest side that an image has to be sent with to be as sharp as the screen.
 *
 * The kernel makes one pixel of each so many; they are as many as the screen does not show.
 */
export function longestSide(sides: readonly Side[]): number {
  const wanted = sides.map(({ own, onScreen }) => {
    const merged = Math.max(1, Math.floor(own / Math.max(1, onScreen)));
    return Math.ceil(own / merged);
  });
  return Math.min(LARGEST, Math.max(SMALLEST, ...wanted));
}

/** Tells the kernel how large an image is shown, once it has stayed so for a moment. */
export class SentSize {
  constructor(tell: (side: number) => void) {
    this.#tell = tell;
  }

  /** Note what is needed now. */
  need(side: number): void {
    if (side !== this.#wanted) {
      this.#wanted = side;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#tell(side);
      }, TELL_AFTER_MS);
    }
  }

  /** Tell nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  readonly #tell: (side: number) => void;
  #wanted: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
}
