import { element, setText } from '../../elements.js';

/** The line above a plot: its title, its newest item, and the tools. */
export class PlotHead {
  readonly node = element('div', 'jp-StreamPlot-head');

  constructor(title: string) {
    this.#title.textContent = title;
    this.tools.setAttribute('role', 'toolbar');
    this.tools.setAttribute('aria-label', 'Plot');
    const texts = element('div', 'jp-StreamPlot-texts');
    texts.append(this.#title, this.#label);
    this.node.append(texts, this.tools);
  }

  readonly tools = element('div', 'jp-StreamPlot-tools');

  /** Show the title and the newest item's name. */
  show(title: string, label: string): void {
    setText(this.#title, title);
    setText(this.#label, label);
    this.#title.title = title;
    this.#label.title = label;
  }

  readonly #title = element('span', 'jp-StreamPlot-title');
  readonly #label = element('span', 'jp-StreamPlot-label');
}
