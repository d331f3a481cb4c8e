import type { Box } from '../bokeh.js';

import type { Pen } from './drawing/lines.js';

/** A canvas over a part of a figure, as sharp as the screen. */
export class Sheet {
  readonly node = document.createElement('canvas');

  constructor() {
    const pen = this.node.getContext('2d');
    if (pen === null) {
      throw new Error('the browser gives no canvas to draw on');
    }
    this.pen = pen;
    // A figure's own styles do not reach into its shadow.
    this.node.style.position = 'absolute';
    this.node.style.pointerEvents = 'none';
  }

  readonly pen: Pen;

  /** Device pixels in a CSS pixel. */
  ratio = 1;

  /** Take the place of a box; whatever was drawn is gone. */
  clear(box: Box): void {
    this.ratio = window.devicePixelRatio;
    const width = Math.round(box.width * this.ratio);
    const height = Math.round(box.height * this.ratio);
    if (this.node.width !== width || this.node.height !== height) {
      this.node.width = width;
      this.node.height = height;
      this.node.style.width = `${box.width}px`;
      this.node.style.height = `${box.height}px`;
    } else {
      this.pen.setTransform(1, 0, 0, 1, 0, 0);
      this.pen.clearRect(0, 0, width, height);
    }
    this.node.style.left = `${box.left}px`;
    this.node.style.top = `${box.top}px`;
    this.pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
  }
}
