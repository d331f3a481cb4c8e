import { Button } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { Failure } from '../api/failure.js';
import { failureText } from '../state/failuretext.js';

interface FailureNoteProps {
  readonly failure: Failure;
  readonly trans: TranslationBundle;
  readonly retry: () => void;
}

/** Says in one line what went wrong, and lets it be tried again. */
export function FailureNote({ failure, trans, retry }: FailureNoteProps): JSX.Element {
  const { title, text, cause } = failureText(failure, trans);
  return (
    <div className="jp-StreamRecords-failure" role="alert">
      <span title={text}>
        <b>{title}.</b> {cause}
      </span>
      <Button type="button" className="jp-StreamRecords-button" onClick={retry}>
        {trans.__('Try again')}
      </Button>
    </div>
  );
}
