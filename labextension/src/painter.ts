/**
 * Paints in animation frames, however often it is asked to.
 *
 * What a plot is told in one animation frame it draws in the next, so a picture counts as painted
 * only then.
 */
export class Painter {
  /** `paint` brings the newest state on the page, `painted` is called when it is there. */
  constructor(paint: () => void, painted: () => void) {
    this.#paint = paint;
    this.#painted = painted;
  }

  /** Paint in the next animation frame. */
  request(): void {
    this.#wanted = true;
    this.#schedule();
  }

  /** Paint no more until the next request. */
  cancel(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#wanted = false;
    this.#drawn = false;
  }

  #schedule(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#tick();
      });
    }
  }

  #tick(): void {
    this.#frame = 0;
    if (this.#drawn) {
      this.#drawn = false;
      this.#painted();
    }
    if (this.#wanted) {
      this.#wanted = false;
      this.#drawn = true;
      this.#paint();
      this.#schedule();
    }
  }

  readonly #paint: () => void;
  readonly #painted: () => void;
  #frame = 0;
  #wanted = false;
  #drawn = false;
}
