import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import type { Surroundings } from './surroundings.js';

/** A tab of the panel. */
export interface Section {
  readonly id: string;
  readonly label: (trans: TranslationBundle) => string;
  /** Called when the tab is shown for the first time. */
  readonly make: (around: Surroundings) => Widget;
}
