import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';

import description from '../package.json';

import type { CommOpener } from './channel.js';
import { element } from './elements.js';
import { JobCard } from './jobcard.js';
import { watchKernel } from './kernelend.js';
import { Session } from './session.js';

const IDENTITY = {
  _model_module: description.name,
  _model_module_version: description.version,
  _model_name: 'StreamModel',
  _view_module: description.name,
  _view_module_version: description.version,
  _view_name: 'StreamView'
};

/** Which job is shown; everything else comes as frames. */
export class StreamModel extends DOMWidgetModel {
  override defaults(): Record<string, unknown> {
    return { ...super.defaults(), ...IDENTITY, stream: '' };
  }
}

/** A job's card above its live plot. */
export class StreamView extends DOMWidgetView {
  override render(): void {
    const card = new JobCard();
    const host = element('div', 'jp-StreamPlot');
    this.el.classList.add('jp-StreamView');
    this.el.append(card.node, host);
    const session = new Session(this.el, card, host, () => {
      if (this.#isReplaced) {
        leave();
      }
    });
    const unwatch = watchKernel(this.model, () => {
      session.end();
    });
    const leave = () => {
      unwatch();
      session.dispose();
    };
    this.once('remove', leave);
    // Figures measure the page, so they wait until they are on it.
    void this.displayed.then(() => this.#open(session));
  }

  /**
   * Whether JupyterLab put another view in this one's place.
   *
   * When an output is brought up to date, its renderer drops the old view from the page, but does
   * not remove it. (It can't be removed from here: the renderer would hide the new view then.)
   */
  get #isReplaced(): boolean {
    const { parent, node } = this.luminoWidget;
    return parent !== null && !parent.node.contains(node);
  }

  async #open(session: Session): Promise<void> {
    if (!this.model.comm_live) {
      session.end();
      return;
    }
    const opener = this.model.widget_manager as unknown as CommOpener;
    try {
      await session.open(opener, this.model.get('stream') as string);
    } catch (error) {
      session.failed(error);
    }
  }
}
