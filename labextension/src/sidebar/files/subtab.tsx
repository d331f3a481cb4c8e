import type { JSX } from 'react';

import type { Subtab } from '../detail/subtab.js';
import { OPEN_FILE } from '../notebook/commandids.js';
import { SeenWidget } from '../state/seenwidget.js';
import type { Surroundings } from '../surroundings.js';
import type { TopicPlace } from '../topicplace.js';
import { FilesView } from './view.js';

/** The files that lie in a topic. */
export const filesSubtab: Subtab = {
  id: 'files',
  label: trans => trans.__('Files'),
  make: ({ place }, around) => new FilesPage(place, around)
};

class FilesPage extends SeenWidget {
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
    const { api, trans, app } = this.around;
    return (
      <FilesView
        {...this.place}
        api={api}
        trans={trans}
        isVisible={this.#isSeen}
        openInNotebook={file => {
          void app.commands.execute(OPEN_FILE, { ...(file as object) });
        }}
      />
    );
  }

  #isSeen = false;
}
