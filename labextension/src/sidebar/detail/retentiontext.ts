import type { TranslationBundle } from '@jupyterlab/translation';

import type { Retention } from '../api/topics.js';
import { formatBytes, formatDuration } from '../../format.js';

/** How long records stay, and when the oldest one goes. */
export interface RetentionText {
  readonly text: string;
  readonly detail: string;
}

/** Put into words how long records stay. */
export function retentionText(retention: Retention, trans: TranslationBundle): RetentionText {
  return { text: lasting(retention, trans), detail: details(retention, trans).join(' · ') };
}

function lasting({ seconds, bytes, compacted }: Retention, trans: TranslationBundle): string {
  if (seconds !== null) {
    return formatDuration(seconds);
  }
  if (bytes !== null) {
    return trans.__('%1 a partition', formatBytes(bytes));
  }
  return compacted ? trans.__('Newest of each key') : trans.__('For ever');
}

function details(retention: Retention, trans: TranslationBundle): string[] {
  const { seconds, bytes, compacted, expires_in: left } = retention;
  const found: string[] = [];
  if (left !== null) {
    found.push(
      left > 0
        ? trans.__('the oldest expires in %1', formatDuration(left))
        : trans.__('the oldest expires at any moment')
    );
  }
  if (seconds !== null && bytes !== null) {
    found.push(trans.__('at most %1 a partition', formatBytes(bytes)));
  }
  if (compacted && (seconds !== null || bytes !== null)) {
    found.push(trans.__('compacted'));
  }
  return found;
}
