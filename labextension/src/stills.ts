/** The event by which a view gives a picture of itself to the output around it. */
export const PICTURE_EVENT = 'jupyter-stream-picture';

/** A picture of a job, and what is said of it in words. */
export interface Picture {
  /** As base64; null where there is nothing to see. */
  readonly png: string | null;
  readonly text: string;
}

const SECONDS = 20;

/** Asks for a picture of what is shown, now and then, as long as there is something new. */
export class Stills {
  constructor(view: HTMLElement, ask: () => void) {
    this.#view = view;
    this.#ask = ask;
  }

  /** Something new was painted. */
  painted(): void {
    const wait = this.#asked + SECONDS * 1000 - performance.now();
    this.#timer ??= window.setTimeout(
      () => {
        this.#timer = null;
        this.#asked = performance.now();
        this.#ask();
      },
      Math.max(wait, 0)
    );
  }

  /** A picture came. */
  received(png: DataView | null, text: string): void {
    const detail: Picture = { png: png && base64(png), text };
    this.#view.dispatchEvent(new CustomEvent(PICTURE_EVENT, { bubbles: true, detail }));
  }

  /** Ask no more. */
  stop(): void {
    window.clearTimeout(this.#timer ?? undefined);
    // Kept, so that nothing starts it again.
    this.#timer = 0;
  }

  readonly #view: HTMLElement;
  readonly #ask: () => void;
  #timer: number | null = null;
  #asked = -Infinity;
}

const PIECE = 32768;

function base64(bytes: DataView): string {
  const whole = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let start = 0; start < whole.length; start += PIECE) {
    text += String.fromCharCode(...whole.subarray(start, start + PIECE));
  }
  return btoa(text);
}
