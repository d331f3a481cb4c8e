import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

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
        <div role="presentation" className="jp-StreamRecords-edge">
          <FailureNote failure={edge.failure} trans={trans} retry={retry} />
        </div>
      );
    default:
      if (isAsked && edge.state === 'more') {
        return (
          <div role="presentation" className="jp-StreamRecords-edge">
            <button type="button" className="jp-StreamRecords-link" onClick={retry}>
              {trans.__('Show older records')}
            </button>
          </div>
        );
      }
      return (
        <div role="presentation" className="jp-StreamRecords-edge">
          {trans.__('Loading more…')}
        </div>
      );
  }
}
