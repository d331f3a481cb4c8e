import { useCallback, useSyncExternalStore } from 'react';

import type { Model } from './model.js';

/** Draw a component again whenever a model changes. */
export function useChanges(model: Model): void {
  const connect = useCallback(
    (redraw: () => void) => {
      model.changed.connect(redraw);
      return () => model.changed.disconnect(redraw);
    },
    [model]
  );
  useSyncExternalStore(connect, () => model.version);
}
