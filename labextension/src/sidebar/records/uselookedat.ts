import { useEffect } from 'react';

import type { StreamRecord } from '../api/records.js';
import { LOOKED_AT_MS } from './limits.js';
import { nameOf, type Previews } from './previews.js';

/** Ask for the thumbnails of rows once they have been in view for a moment. */
export function useLookedAt(
  previews: Previews,
  inView: readonly (StreamRecord | undefined)[]
): void {
  const records = inView.filter(record => record !== undefined);
  const names = records.map(nameOf).join(' ');
  useEffect(() => {
    const timer = setTimeout(() => {
      previews.want(records);
    }, LOOKED_AT_MS);
    return () => {
      clearTimeout(timer);
    };
    // The names say whether the records are others.
  }, [previews, names]);
}
