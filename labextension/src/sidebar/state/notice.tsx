import type { TranslationBundle } from '@jupyterlab/translation';
import { Button } from '@jupyterlab/ui-components';
import type { JSX } from 'react';

interface Props {
  readonly text: string;
  readonly trans: TranslationBundle;
  readonly retry: () => void;
}

/** Says above what is shown that something is amiss with it, and lets it be tried again. */
export function Notice({ text, trans, retry }: Props): JSX.Element {
  return (
    <div className="jp-StreamNotice" role="alert">
      <span className="jp-StreamNotice-text">{text}</span>
      <Button type="button" className="jp-mod-styled" small onClick={retry}>
        {trans.__('Try again')}
      </Button>
    </div>
  );
}
