import type { JSX } from 'react';

import { LOAD, SHOW } from '../commandids.js';
import { SeenWidget } from '../state/seenwidget.js';
import type { Surroundings } from '../surroundings.js';
import type { JobsActions } from './emptiness.js';
import type { JobsModel } from './jobsmodel.js';
import { JobsPane } from './jobspane.js';
import { openUser } from './openuser.js';

/** The jobs' part of the panel. */
export class JobsWidget extends SeenWidget {
  constructor(
    private readonly model: JobsModel,
    private readonly around: Surroundings
  ) {
    super();
    this.addClass('jp-StreamJobs-widget');
  }

  protected override onSeen(isSeen: boolean): void {
    this.model.setActive(isSeen);
  }

  protected override render(): JSX.Element {
    return <JobsPane model={this.model} actions={this.#actions} trans={this.around.trans} />;
  }

  readonly #actions: JobsActions = {
    open: (user, cell) => {
      void openUser(this.around.app, this.around.trans, user, cell);
    },
    newNotebook: () => {
      void this.around.app.commands.execute('notebook:create-new', { kernelName: 'python3' });
    },
    load: () => {
      void this.around.app.commands.execute(LOAD);
    },
    showTopics: () => {
      void this.around.app.commands.execute(SHOW);
    }
  };
}
