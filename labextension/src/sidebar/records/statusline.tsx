import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import { formatBytes, formatCount } from '../../format.js';
import type { RecordBrowser } from './browser.js';
import { SearchProgress } from './searchbar.js';

interface StatusLineProps {
  readonly browser: RecordBrowser;
  readonly trans: TranslationBundle;
}

/** Below the records: how many there are, and what they have cost. */
export function StatusLine({ browser, trans }: StatusLineProps): JSX.Element {
  const { search, window, pager, tail } = browser;
  if (search !== null) {
    return <SearchProgress search={search} trans={trans} />;
  }
  return (
    <div className="jp-StreamRecords-status" role="status">
      <span>
        {trans
          ._n('%1 record here', '%1 records here', window.length)
          .replace(String(window.length), formatCount(window.length))}
      </span>
      {pager.scannedBytes > 0 && (
        <span>{trans.__('%1 read from the cluster', formatBytes(pager.scannedBytes))}</span>
      )}
      {window.dropped > 0 && (
        <span title={trans.__('They are still in the topic: scroll on, and they are read again.')}>
          {trans.__('%1 older ones left the list', formatCount(window.dropped))}
        </span>
      )}
      {tail !== null && tail.lost > 0 && (
        <span className="jp-StreamRecords-lost">
          {trans.__(
            '%1 were deleted by the cluster before they could be read',
            formatCount(tail.lost)
          )}
        </span>
      )}
    </div>
  );
}
