import { groupsSubtab } from './groups.js';
import { partitionsSubtab } from './partitions.js';
import { settingsSubtab } from './topicsettings.js';
import { filesSubtab } from '../files/subtab.js';
import { recordsSubtab } from '../records/subtab.js';
import type { Subtab } from './subtab.js';

/** The tabs of a topic, in their order; the first one is shown first. */
export const SUBTABS: readonly Subtab[] = [
  recordsSubtab,
  partitionsSubtab,
  settingsSubtab,
  groupsSubtab,
  filesSubtab
];
