import type { Box } from '../../bokeh.js';
import { element } from '../../elements.js';
import type { Place } from '../crosshairs.js';

/** Lets a rectangle be drawn over a frame, while it is armed. */
export class RegionDrag {
  /** `drawn` is called with two opposite corners, as shares of the frame. */
  constructor(stage: HTMLElement, box: () => Box, drawn: (from: Place, to: Place) => void) {
    this.#box = box;
    this.#drawn = drawn;
    this.#glass.hidden = true;
    this.#glass.append(this.#frame);
    stage.append(this.#glass);
    this.#glass.addEventListener('pointerdown', event => {
      this.#begin(event);
    });
    this.#glass.addEventListener('pointermove', event => {
      this.#stretch(event);
    });
    this.#glass.addEventListener('pointerup', event => {
      this.#finish(event);
    });
  }

  /** Take the pointer from the figure, or give it back. */
  arm(isArmed: boolean): void {
    const { left, top, width, height } = this.#box();
    Object.assign(this.#glass.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`
    });
    this.#glass.hidden = !isArmed;
    this.#frame.hidden = true;
  }

  #begin(event: PointerEvent): void {
    this.#glass.setPointerCapture(event.pointerId);
    this.#start = [event.offsetX, event.offsetY];
  }

  #stretch(event: PointerEvent): void {
    if (this.#start !== null) {
      const [x, y] = this.#start;
      this.#frame.hidden = false;
      Object.assign(this.#frame.style, {
        left: `${Math.min(x, event.offsetX)}px`,
        top: `${Math.min(y, event.offsetY)}px`,
        width: `${Math.abs(x - event.offsetX)}px`,
        height: `${Math.abs(y - event.offsetY)}px`
      });
    }
  }

  #finish(event: PointerEvent): void {
    if (this.#start !== null) {
      const [x, y] = this.#start;
      this.#start = null;
      this.#frame.hidden = true;
      this.#drawn(this.#share(x, y), this.#share(event.offsetX, event.offsetY));
    }
  }

  #share(x: number, y: number): Place {
    const { width, height } = this.#box();
    return { x: x / width, y: 1 - y / height };
  }

  readonly #glass = element('div', 'jp-StreamGlass');
  readonly #frame = element('div', 'jp-StreamGlass-frame');
  readonly #box: () => Box;
  readonly #drawn: (from: Place, to: Place) => void;
  #start: readonly [number, number] | null = null;
}
