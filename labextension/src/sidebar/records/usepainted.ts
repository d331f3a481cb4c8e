import { useCallback, useEffect, useSyncExternalStore } from 'react';

import type { Model } from '../state/model.js';
import { PAINT_MS } from './limits.js';

/**
 * Draw a component again when a model changed, but not more often than anybody sees.
 *
 * `painted` is called when what the model holds is on the page.
 */
export function usePainted(model: Model, painted?: () => void): void {
  const connect = useCallback((redraw: () => void) => connected(model, redraw), [model]);
  useSyncExternalStore(connect, () => model.version);
  useEffect(() => {
    painted?.();
  });
}

function connected(model: Model, redraw: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const draw = (): void => {
    timer = undefined;
    last = Date.now();
    redraw();
  };
  const plan = (): void => {
    timer ??= setTimeout(draw, Math.max(0, last + PAINT_MS - Date.now()));
  };
  model.changed.connect(plan);
  return () => {
    clearTimeout(timer);
    model.changed.disconnect(plan);
  };
}
