import { Button } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { RecordBrowser } from './browser.js';
import type { Tail } from './tail.js';

interface LiveProps {
  readonly browser: RecordBrowser;
  readonly trans: TranslationBundle;
}

/** Starts and ends the live tail, and says how it is. */
export function LiveButton({ browser, trans }: LiveProps): JSX.Element {
  const { tail } = browser;
  const isOn = tail !== null;
  return (
    <Button
      type="button"
      className="jp-StreamRecords-button jp-StreamRecords-live"
      aria-pressed={isOn}
      data-state={tail === null ? 'off' : stateOf(tail)}
      title={
        isOn
          ? trans.__('Live: new records appear at the top. Click to end')
          : trans.__('Show new records as they come')
      }
      onClick={() => {
        if (isOn) {
          browser.endTail();
        } else {
          void browser.goLive();
        }
      }}
    >
      <span className="jp-StreamRecords-dot" aria-hidden="true" />
      {trans.__('Live')}
    </Button>
  );
}

function stateOf(tail: Tail): string {
  return tail.isPaused ? 'paused' : tail.state;
}
