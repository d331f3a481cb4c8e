import type { Fields } from '../wire.js';

import { levelsKey } from './controls/handlevels.js';
import type { Interval } from './drawing/interval.js';

interface Levelled {
  readonly settings: Fields;
  readonly levels: Interval;
}

/** Say whether two values that came as JSON are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Return the levels that are held, or the new ones if they are to be found in another way. */
export function amendedLevels(held: Levelled, news: Levelled): Interval {
  return levelsKey(held.settings) === levelsKey(news.settings) ? held.levels : news.levels;
}
