import type { JSX } from 'react';

import { SeenWidget } from '../state/seenwidget.js';
import type { Subtab } from '../detail/subtab.js';
import { TO_VARIABLE } from '../notebook/commandids.js';
import type { Surroundings } from '../surroundings.js';
import type { TopicPlace } from '../topicplace.js';
import { RecordsView } from './view.js';

/** The records of a topic. */
export const recordsSubtab: Subtab = {
  id: 'records',
  label: trans => trans.__('Records'),
  make: ({ place }, around) => new RecordsPage(place, around)
};

class RecordsPage extends SeenWidget {
  constructor(
    private readonly place: TopicPlace,
    private readonly around: Surroundings
  ) {
    super();
    this.addClass('jp-StreamRecordsPage');
  }

  protected override onSeen(isSeen: boolean): void {
    this.#isSeen = isSeen;
    this.update();
  }

  protected override render(): JSX.Element {
    const { api, trans, memory, app } = this.around;
    return (
      <RecordsView
        {...this.place}
        api={api}
        trans={trans}
        memory={memory}
        isVisible={this.#isSeen}
        toVariable={choice => {
          void app.commands.execute(TO_VARIABLE, { ...choice });
        }}
      />
    );
  }

  #isSeen = false;
}
