import type { TranslationBundle } from '@jupyterlab/translation';

import { streamIcon } from '../../icon.js';
import type { Emptiness } from '../state/emptystate.js';
import type { JobsModel } from './jobsmodel.js';
import type { KernelUser } from './kernelport.js';

/** What can be done from the list of jobs. */
export interface JobsActions {
  readonly open: (user: KernelUser, cell: string | null) => void;
  readonly newNotebook: () => void;
  readonly load: () => void;
  readonly showTopics: () => void;
}

/** Say why there are no jobs, and what to do. */
export function jobsEmptiness(
  model: Pick<JobsModel, 'kernels' | 'running'>,
  actions: JobsActions,
  trans: TranslationBundle
): Emptiness {
  const topics = { label: trans.__('Choose a Topic'), run: actions.showTopics };
  if (model.running === 0) {
    return {
      icon: streamIcon,
      title: trans.__('No notebook runs'),
      text: trans.__('Jobs of all notebooks are listed here. Start a notebook with Python.'),
      actions: [{ label: trans.__('New Notebook'), run: actions.newNotebook }]
    };
  }
  if (model.kernels.length === 0) {
    return {
      icon: streamIcon,
      title: trans.__('No notebook uses streams'),
      text: trans.__(
        'Jobs are listed here as soon as a notebook has loaded the extension, by a cell with:'
      ),
      code: '%load_ext jupyter_stream',
      actions: [{ label: trans.__('Load the Extension'), run: actions.load }, topics]
    };
  }
  return {
    icon: streamIcon,
    title: trans.__('No jobs'),
    text: trans.__('Watch a topic, and its job is listed here.'),
    actions: [topics]
  };
}
