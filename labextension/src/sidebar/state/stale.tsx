import type { TranslationBundle } from '@jupyterlab/translation';
import { Button } from '@jupyterlab/ui-components';
import type { JSX } from 'react';

import type { Failure } from '../api/failure.js';

interface Props {
  readonly failure: Failure;
  readonly trans: TranslationBundle;
  readonly retry: () => void;
}

/** Says that what is shown is not up to date, and why. */
export function Stale({ failure, trans, retry }: Props): JSX.Element {
  return (
    <div className="jp-StreamStale" role="alert" title={failure.reason ?? undefined}>
      <span className="jp-StreamStale-text">{trans.__('Not up to date: %1', failure.message)}</span>
      <Button type="button" className="jp-mod-styled" small onClick={retry}>
        {trans.__('Try again')}
      </Button>
    </div>
  );
}
