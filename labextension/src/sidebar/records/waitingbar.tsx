import { Button } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import { formatCount } from '../../format.js';
import type { RecordBrowser } from './browser.js';

interface WaitingBarProps {
  readonly browser: RecordBrowser;
  readonly trans: TranslationBundle;
  /** Called when the tail goes on. */
  readonly onGoOn: () => void;
}

/** Over the records while a tail waits: how many came meanwhile, and a way to go on. */
export function WaitingBar({ browser, trans, onGoOn }: WaitingBarProps): JSX.Element {
  const { tail } = browser;
  if (tail?.state === 'trouble') {
    const cause = tail.reason ?? trans.__('The connection to the Jupyter server was lost.');
    return (
      <div className="jp-StreamRecords-waiting" data-kind="trouble" role="status">
        <span>{trans.__('Trying to connect again; nothing is lost. %1', cause)}</span>
      </div>
    );
  }
  if (tail?.isPaused !== true) {
    return <></>;
  }
  return (
    <div className="jp-StreamRecords-waiting" role="status">
      <span>
        <b>{trans.__('Paused')}</b> {trans.__('%1 waiting', formatCount(tail.waiting))}
      </span>
      <Button
        type="button"
        className="jp-StreamRecords-button jp-mod-accept"
        title={trans.__('Show what came meanwhile, and go on')}
        onClick={() => {
          tail.resume();
          onGoOn();
        }}
      >
        {trans.__('Go on')}
      </Button>
      <Button
        type="button"
        className="jp-StreamRecords-button"
        title={trans.__('Go to the newest records; those that wait can be scrolled down to')}
        onClick={() => {
          void browser.goLive();
          onGoOn();
        }}
      >
        {trans.__('Skip to the newest')}
      </Button>
    </div>
  );
}
