/** Paints in animation frames, however often it is asked to: merged, never queued. */
export class Painter {
  /** `paint` brings the newest state on the page, `painted` is called when it is there. */
  constructor(paint: () => void, painted: () => void) {
    this.#paint = paint;
    this.#painted = painted;
  }

  /** Paint in the next animation frame. */
  request(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
        this.#painted();
      });
    }
  }

  /** Paint no more until the next request. */
  cancel(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  readonly #paint: () => void;
  readonly #painted: () => void;
  #frame = 0;
}
