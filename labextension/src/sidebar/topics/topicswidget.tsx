import { createRef, type JSX } from 'react';

import { SeenWidget } from '../state/seenwidget.js';
import { OPEN_TOPIC } from '../commandids.js';
import type { TopicPlace } from '../topicplace.js';
import type { PaneActions } from './emptiness.js';
import { TopicsPane } from './pane.js';
import { watchForDrag } from './rowdrag.js';
import type { Row } from './rows.js';
import type { RowActions } from './rowview.js';
import { nextTopic } from './stepping.js';
import type { TopicsModel } from './topicsmodel.js';

/** The topics' part of the panel. */
export class TopicsWidget extends SeenWidget {
  constructor(readonly model: TopicsModel) {
    super();
    this.addClass('jp-StreamTopics-widget');
  }

  /** Let the user type a filter. */
  focusFilter(): void {
    this.#input.current?.focus();
    this.#input.current?.select();
  }

  /** Go to the next or the previous topic. */
  step(direction: 1 | -1): void {
    const { tree } = this.model;
    const row = nextTopic(tree.rows, tree.active, direction);
    if (row !== null) {
      tree.activate(row.key);
      this.#focusTree();
    }
  }

  protected override onSeen(isSeen: boolean): void {
    this.model.setActive(isSeen);
  }

  protected override render(): JSX.Element {
    return (
      <TopicsPane
        model={this.model}
        rowActions={this.#rowActions}
        paneActions={this.#paneActions}
        inputRef={this.#input}
        focusCount={this.#focusCount}
        focusTree={() => {
          this.#focusTree();
        }}
      />
    );
  }

  #focusTree(): void {
    this.#focusCount += 1;
    this.update();
  }

  #open(row: Row): void {
    const { tree } = this.model;
    tree.activate(row.key);
    if (row.kind === 'group') {
      tree.setOpen(row.key, !row.isOpen);
    } else {
      void this.model.around.app.commands.execute(OPEN_TOPIC, { ...this.#placeOf(row.topic.name) });
    }
  }

  #placeOf(topic: string): TopicPlace {
    return { cluster: this.model.listing.cluster ?? '', topic };
  }

  readonly #rowActions: RowActions = {
    press: (row, event) => {
      this.model.tree.activate(row.key);
      if (row.kind === 'topic' && event.button === 0) {
        watchForDrag(this.#placeOf(row.topic.name), event.nativeEvent, event.currentTarget);
      }
    },
    open: row => {
      this.#open(row);
    },
    like: row => {
      this.model.favourites.toggle(row.topic.name);
    }
  };

  readonly #paneActions: PaneActions = {
    retry: () => {
      this.model.refresh();
    },
    startBroker: () => void this.model.around.clusters.start(),
    clearFilter: () => {
      this.model.tree.setFilter('');
      this.focusFilter();
    },
    showInternal: () => void this.model.around.settings.set('showInternal', true)
  };

  #focusCount = 0;
  readonly #input = createRef<HTMLInputElement>();
}
