import { MessageLoop, type Message } from '@lumino/messaging';
import { Panel, TabBar, Widget } from '@lumino/widgets';

/** A tab: its identity, its text, and what makes its content. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly make: () => Widget;
}

/** A page whose content is made when it is shown for the first time. */
class Page extends Panel {
  constructor(private readonly tab: Tab) {
    super();
    this.addClass('jp-StreamTabs-page');
    this.node.setAttribute('role', 'tabpanel');
    this.node.setAttribute('aria-label', tab.label);
    this.title.label = tab.label;
    this.title.dataset = { tab: tab.id };
  }

  protected override onBeforeShow(message: Message): void {
    super.onBeforeShow(message);
    this.#fill();
  }

  protected override onBeforeAttach(message: Message): void {
    super.onBeforeAttach(message);
    if (!this.isHidden) {
      this.#fill();
    }
  }

  #fill(): void {
    if (this.widgets.length === 0) {
      this.addWidget(this.tab.make());
    }
  }
}

/** What of a page gets the focus first: what it is about, before what is around that. */
const FIRST = ['[role=grid]', '[role=tree] [tabindex="0"]', '[tabindex="0"], button, a[href]'];

/** Tabs above their pages, of which one is shown. */
export class Tabs extends Panel {
  /** `label` says what the tabs are of. */
  constructor(tabs: readonly Tab[], label: string) {
    super();
    this.addClass('jp-StreamTabs');
    this.#bar.addClass('jp-StreamTabs-bar');
    this.#bar.contentNode.setAttribute('aria-label', label);
    this.#bar.setHidden(tabs.length < 2);
    this.addWidget(this.#bar);
    // The bar itself keeps all arrows from others.
    this.#bar.node.addEventListener('keydown', this.#enterPage, true);
    this.#bar.currentChanged.connect(() => {
      this.#show();
    });
    for (const tab of tabs) {
      const page = new Page(tab);
      page.hide();
      this.#pages.set(tab.id, page);
      this.addWidget(page);
      this.#bar.addTab(page.title);
    }
    this.#show();
  }

  /** Show a page. */
  choose(id: string): void {
    this.#bar.currentTitle = this.#pages.get(id)?.title ?? null;
  }

  /** Give the focus to the tab whose page is shown. */
  focusTab(): void {
    // The bar of what was opened a moment ago is still to be drawn.
    MessageLoop.sendMessage(this.#bar, Widget.Msg.UpdateRequest);
    this.#bar.contentNode.querySelector<HTMLElement>('.lm-mod-current')?.focus();
  }

  /** Give the focus to the page that is shown; to its tab while there is nothing on the page. */
  focusPage(): void {
    const page = this.#bar.currentTitle?.owner.node;
    const found = FIRST.map(one => page?.querySelector<HTMLElement>(one)).find(Boolean);
    if (found) {
      found.focus();
    } else {
      this.focusTab();
    }
  }

  #show(): void {
    const chosen = this.#bar.currentTitle?.owner;
    for (const page of this.#pages.values()) {
      page.setHidden(page !== chosen);
    }
  }

  readonly #enterPage = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      this.focusPage();
      event.preventDefault();
      event.stopPropagation();
    }
  };

  readonly #bar = new TabBar<Widget>({
    orientation: 'horizontal',
    insertBehavior: 'select-tab-if-needed'
  });
  readonly #pages = new Map<string, Page>();
}
