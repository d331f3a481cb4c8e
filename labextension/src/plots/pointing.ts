import type { Box } from '../bokeh.js';
import { element } from '../elements.js';

import type { Place } from './crosshairs.js';

/** Pixels that a pointer may move between down and up for a click. */
const CLICK_REACH = 4;

/** Pixels that an arrow key moves the crosshair. */
const KEY_STEP = 8;

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

/** What a pointer over a frame is translated with, and who hears of it. */
export interface PointingListener {
  /** The frame within the element. */
  readonly box: Box;
  /** The pointer is at a point of the frame, given as shares of it; null when it has left. */
  pointed(at: Place | null): void;
  clicked(at: Place): void;
}

/** The pointer over a frame, or the arrow keys, and two lines that show where it is. */
export class Pointing {
  constructor(stage: HTMLElement, listener: PointingListener) {
    this.#stage = stage;
    this.#listener = listener;
    stage.tabIndex = 0;
    stage.setAttribute('role', 'group');
    stage.setAttribute('aria-label', 'Picture: the arrow keys move the crosshair');
    stage.append(this.#across.node, this.#down.node);
    stage.addEventListener('pointermove', event => {
      this.#moved(event);
    });
    stage.addEventListener('pointerleave', () => {
      this.#left();
    });
    stage.addEventListener('blur', () => {
      this.#left();
    });
    stage.addEventListener('keydown', event => {
      this.#keyed(event);
    });
    this.#watchClicks();
  }

  /** Draw the lines through a place given as shares of the frame; null takes them away. */
  show(at: { readonly x: number; readonly y: number | null } | null): void {
    const { left, top, width, height } = this.#listener.box;
    const isIn = (share: number | null | undefined): share is number =>
      share !== null && share !== undefined && share >= 0 && share <= 1;
    this.#down.place(isIn(at?.x) ? left + at.x * width : null, top, height);
    this.#across.place(isIn(at?.y) ? top + (1 - at.y) * height : null, left, width);
  }

  #moved(event: PointerEvent): void {
    const at = this.#share(event);
    if (at === null) {
      this.#left();
    } else {
      this.#at = at;
      this.#listener.pointed(at);
    }
  }

  #left(): void {
    if (this.#at !== null) {
      this.#at = null;
      this.#listener.pointed(null);
    }
  }

  #keyed(event: KeyboardEvent): void {
    const direction = KEYS[event.key] as readonly [number, number] | undefined;
    if (direction !== undefined && event.target === this.#stage) {
      event.preventDefault();
      const { width, height } = this.#listener.box;
      const from = this.#at ?? { x: 0.5, y: 0.5 };
      this.#at = {
        x: clamp(from.x + (direction[0] * KEY_STEP) / width),
        y: clamp((from.y ?? 0.5) - (direction[1] * KEY_STEP) / height)
      };
      this.#listener.pointed(this.#at);
    } else if (event.key === 'Enter' && this.#at !== null && event.target === this.#stage) {
      this.#listener.clicked(this.#at);
    }
  }

  #watchClicks(): void {
    let start: PointerEvent | null = null;
    this.#stage.addEventListener('pointerdown', event => {
      start = event;
    });
    this.#stage.addEventListener('pointerup', event => {
      const at = this.#share(event);
      const distance =
        start === null
          ? NaN
          : Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (at !== null && distance <= CLICK_REACH) {
        this.#listener.clicked(at);
      }
    });
  }

  /** Where an event is in the frame, from its lower left corner. */
  #share(event: PointerEvent): Place | null {
    const outer = this.#stage.getBoundingClientRect();
    const { left, top, width, height } = this.#listener.box;
    const x = (event.clientX - outer.left - left) / width;
    const y = 1 - (event.clientY - outer.top - top) / height;
    return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null;
  }

  readonly #stage: HTMLElement;
  readonly #listener: PointingListener;
  readonly #down = new Line('jp-StreamPlot-down', 'X', 'height');
  readonly #across = new Line('jp-StreamPlot-across', 'Y', 'width');
  #at: Place | null = null;
}

/** One of the two lines. */
class Line {
  constructor(className: string, direction: 'X' | 'Y', extent: 'width' | 'height') {
    this.node = element('div', className);
    this.node.hidden = true;
    this.#direction = direction;
    this.#extent = extent;
  }

  readonly node: HTMLElement;

  place(at: number | null, from: number, length: number): void {
    this.node.hidden = at === null;
    const [x, y] = this.#direction === 'X' ? [at, from] : [from, at];
    this.node.style.transform = `translate(${x}px, ${y}px)`;
    this.node.style[this.#extent] = `${length}px`;
  }

  readonly #direction: 'X' | 'Y';
  readonly #extent: 'width' | 'height';
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
