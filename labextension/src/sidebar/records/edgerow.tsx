import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX, ReactNode } from 'react';

import { FailureNote } from './failurenote.js';
import type { Edge } from './pager.js';

interface EdgeRowProps {
  readonly edge: Edge;
  readonly trans: TranslationBundle;
  readonly retry: () => void;
  /** Whether more is loaded only when it is asked for: who chose a place wants to see it. */
  readonly isAsked: boolean;
}

/** Stands at an end of the list while there is something to say of it. */
export function edgeRow({ edge, trans, retry, isAsked }: EdgeRowProps): JSX.Element | null {
  switch (edge.state) {
    case 'end':
      return null;
    case 'failed':
      return (
        <EdgeRow>
          <FailureNote failure={edge.failure} trans={trans} retry={retry} />
        </EdgeRow>
      );
    default:
      if (isAsked && edge.state === 'more') {
        return (
          <EdgeRow>
            <button type="button" className="jp-StreamRecords-link" onClick={retry}>
              {trans.__('Show older records')}
            </button>
          </EdgeRow>
        );
      }
      return <EdgeRow>{trans.__('Loading more…')}</EdgeRow>;
  }
}

/** A grid holds nothing but rows of cells. */
function EdgeRow({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <div role="row" className="jp-StreamRecords-edge">
      <div role="gridcell">{children}</div>
    </div>
  );
}
