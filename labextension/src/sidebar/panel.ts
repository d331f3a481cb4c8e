import type { TranslationBundle } from '@jupyterlab/translation';
import { Panel } from '@lumino/widgets';

import { streamIcon } from '../icon.js';
import { sectionsOf } from './sections.js';
import type { Surroundings } from './surroundings.js';
import { Tabs } from './tabs.js';
import type { TopicsWidget } from './topics/topicswidget.js';

/** The panel in the sidebar. */
export class StreamPanel extends Panel {
  constructor(
    readonly topics: TopicsWidget,
    around: Surroundings
  ) {
    super();
    const { trans } = around;
    this.id = 'jupyter-stream-sidebar';
    this.addClass('jp-StreamSidebar');
    this.title.icon = streamIcon;
    this.title.caption = trans.__('Streams');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Streams'));
    this.#tabs = new Tabs(tabsOf(topics, around, trans), trans.__('Parts of the panel'));
    this.addWidget(this.#tabs);
  }

  /** Show a section. */
  choose(id: string): void {
    this.#tabs.choose(id);
  }

  readonly #tabs: Tabs;
}

function tabsOf(
  topics: TopicsWidget,
  around: Surroundings,
  trans: TranslationBundle
): ConstructorParameters<typeof Tabs>[0] {
  return sectionsOf(topics).map(({ id, label, make }) => ({
    id,
    label: label(trans),
    make: () => make(around)
  }));
}
