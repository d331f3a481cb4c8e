import type { JupyterFrontEnd } from '@jupyterlab/application';

import type { NotebookWidget } from './notebookwidget.js';
import { isNotebook } from './notebookwidget.js';

/** So many pictures of the page are waited for until a notebook is the current one. */
const PATIENCE = 30;

/** Knows the notebook that the user works in, also while another tab is in front. */
export class ActiveNotebook {
  constructor(private readonly app: JupyterFrontEnd) {
    app.shell.currentChanged?.connect(() => {
      this.#note();
    });
    this.#note();
  }

  /** The notebook in front, or that was in front last; else any that is open. */
  get widget(): NotebookWidget | null {
    this.#note();
    if (this.#last?.isDisposed === false) {
      return this.#last;
    }
    return this.all.at(0) ?? null;
  }

  /** All notebooks that are open. */
  get all(): readonly NotebookWidget[] {
    return [...this.app.shell.widgets('main')].filter(isNotebook);
  }

  /** Bring a notebook to the front. */
  async show(widget: NotebookWidget): Promise<void> {
    const { shell } = this.app;
    shell.activateById(widget.id);
    for (let turn = 0; turn < PATIENCE && shell.currentWidget !== widget; turn += 1) {
      await new Promise(requestAnimationFrame);
    }
  }

  #note(): void {
    const current = this.app.shell.currentWidget;
    if (isNotebook(current)) {
      this.#last = current;
    }
  }

  #last: NotebookWidget | null = null;
}
