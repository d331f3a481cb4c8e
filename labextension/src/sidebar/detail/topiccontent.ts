import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';

import type { Surroundings } from '../surroundings.js';
import { Tabs } from '../tabs.js';
import { SUBTABS } from './subtabs.js';
import { Summary } from './summary.js';
import type { TopicModel } from './topicmodel.js';

/** What is shown of a topic: its summary, and a page for each side of it. */
export class TopicContent extends Panel {
  constructor(
    readonly model: TopicModel,
    around: Surroundings
  ) {
    super();
    this.addClass('jp-StreamTopic');
    const { trans } = around;
    const tabs = SUBTABS.map(({ id, label, make }) => ({
      id,
      label: label(trans),
      make: () => make(model, around)
    }));
    this.addWidget(new Summary(model, trans));
    this.#tabs = new Tabs(tabs, trans.__('Parts of the topic'));
    this.addWidget(this.#tabs);
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (this.node.querySelector(':focus') === null) {
      this.#tabs.focusTab();
    }
  }

  readonly #tabs: Tabs;
}
