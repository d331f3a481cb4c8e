import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
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
    this.node.addEventListener('keydown', this.#goToFilter);
  }

  /** Show a section. */
  choose(id: string): void {
    this.#tabs.choose(id);
  }

  /** Give the focus to what is shown. */
  readonly focus = (): void => {
    this.#tabs.focusPage();
  };

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (this.node.querySelector(':focus') === null) {
      this.focus();
    }
  }

  readonly #goToFilter = (event: KeyboardEvent): void => {
    const isTyped = event.target instanceof HTMLInputElement;
    if (event.key === '/' && !isTyped && this.topics.isVisible) {
      this.topics.focusFilter();
      event.preventDefault();
      event.stopPropagation();
    }
  };

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
