import { element, setText } from '../../elements.js';

/** The line below a plot: what is under the pointer, what went wrong, and what was not shown. */
export class PlotFoot {
  readonly node = element('div', 'jp-StreamPlot-foot');

  constructor() {
    this.#notice.setAttribute('role', 'alert');
    this.node.append(this.#reading, this.#notice, this.#missed);
  }

  /** Tell the values at a place; an empty text when there is none. */
  read(text: string): void {
    setText(this.#reading, text);
  }

  /** Tell why something was refused; an empty text takes it back. */
  tell(text: string): void {
    setText(this.#notice, text);
  }

  /** Tell how many items were not seen. */
  miss(text: string): void {
    setText(this.#missed, text);
  }

  readonly #reading = element('span', 'jp-StreamPlot-reading');
  readonly #notice = element('span', 'jp-StreamPlot-notice');
  readonly #missed = element('span', 'jp-StreamPlot-missed');
}
