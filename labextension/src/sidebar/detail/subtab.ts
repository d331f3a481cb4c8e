import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import type { Surroundings } from '../surroundings.js';
import type { TopicModel } from './topicmodel.js';

/** A tab in what is shown of a topic. */
export interface Subtab {
  readonly id: string;
  readonly label: (trans: TranslationBundle) => string;
  /** Called when the tab is shown for the first time; `topic.place` says which topic it is. */
  readonly make: (topic: TopicModel, around: Surroundings) => Widget;
}
