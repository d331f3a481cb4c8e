import { Button, closeIcon, searchIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useState } from 'react';

import { formatBytes, formatCount, formatDuration } from '../../format.js';
import type { SearchedPart } from '../api/tail.js';
import type { RecordBrowser } from './browser.js';
import type { RecordSearch } from './search.js';

const PARTS: readonly SearchedPart[] = ['key', 'value', 'headers'];

interface SearchBarProps {
  readonly browser: RecordBrowser;
  readonly trans: TranslationBundle;
  /** Called with the text that is searched for now. */
  readonly onSearch: (text: string) => void;
}

/** Where a search is asked for. */
export function SearchBar({ browser, trans, onSearch }: SearchBarProps): JSX.Element {
  const [text, setText] = useState('');
  const [parts, setParts] = useState(PARTS);
  const { search } = browser;
  const problem = problemOf(text, parts, trans);
  const close = (): void => {
    setText('');
    onSearch('');
    browser.closeSearch();
  };
  return (
    <form
      role="search"
      className="jp-StreamRecords-search"
      onKeyDown={event => {
        if (event.key === 'Escape' && (text !== '' || search !== null)) {
          event.stopPropagation();
          close();
        }
      }}
      onSubmit={event => {
        event.preventDefault();
        if (problem === null) {
          onSearch(text);
          browser.searchFor(text, parts);
        }
      }}
    >
      <div className="jp-StreamRecords-searchField">
        <searchIcon.react tag="span" aria-hidden="true" />
        <input
          type="text"
          aria-label={trans.__('Search for')}
          placeholder={trans.__('Search in records')}
          value={text}
          onChange={event => {
            setText(event.currentTarget.value);
          }}
        />
        {(text !== '' || search !== null) && (
          <button
            type="button"
            title={trans.__('Close the search (Escape)')}
            aria-label={trans.__('Close the search')}
            onClick={close}
          >
            <closeIcon.react tag="span" />
          </button>
        )}
      </div>
      <PartChoice parts={parts} setParts={setParts} trans={trans} />
      <StartOrStop search={search} problem={problem} trans={trans} />
    </form>
  );
}

function problemOf(
  text: string,
  parts: readonly SearchedPart[],
  trans: TranslationBundle
): string | null {
  if (text === '') {
    return trans.__('Write what to search for');
  }
  return parts.length === 0 ? trans.__('Choose where to search') : null;
}

interface PartChoiceProps {
  readonly parts: readonly SearchedPart[];
  readonly setParts: (parts: readonly SearchedPart[]) => void;
  readonly trans: TranslationBundle;
}

function PartChoice({ parts, setParts, trans }: PartChoiceProps): JSX.Element {
  const titles: Record<SearchedPart, string> = {
    key: trans.__('Key'),
    value: trans.__('Value'),
    headers: trans.__('Headers')
  };
  return (
    <fieldset className="jp-StreamRecords-searchIn">
      <legend className="jp-StreamRecords-hidden">{trans.__('Where to search')}</legend>
      {PARTS.map(part => (
        <label key={part}>
          <input
            type="checkbox"
            checked={parts.includes(part)}
            onChange={event => {
              const isIn = event.currentTarget.checked;
              setParts(PARTS.filter(one => (one === part ? isIn : parts.includes(one))));
            }}
          />
          {titles[part]}
        </label>
      ))}
    </fieldset>
  );
}

interface StartOrStopProps {
  readonly search: RecordSearch | null;
  readonly problem: string | null;
  readonly trans: TranslationBundle;
}

function StartOrStop({ search, problem, trans }: StartOrStopProps): JSX.Element {
  return search?.state === 'running' ? (
    <Button
      key="stop"
      type="button"
      className="jp-StreamRecords-button"
      title={trans.__('Stop the search, and keep what it found')}
      onClick={() => {
        search.stop();
      }}
    >
      {trans.__('Stop')}
    </Button>
  ) : (
    <Button
      key="start"
      type="submit"
      className="jp-StreamRecords-button"
      disabled={problem !== null}
      title={problem ?? trans.__('Search from the place that is chosen on')}
    >
      {trans.__('Search')}
    </Button>
  );
}

interface SearchProgressProps {
  readonly search: RecordSearch;
  readonly trans: TranslationBundle;
}

/** How far a search is, what it has cost, and a way to go on. */
export function SearchProgress({ search, trans }: SearchProgressProps): JSX.Element {
  const { scanned, of, bytes, seconds } = search.cost;
  const share = of === 0 ? 0 : Math.min(1, scanned / of);
  return (
    <div className="jp-StreamRecords-progress" data-state={search.state}>
      <div
        role="progressbar"
        aria-label={trans.__('Progress of the search')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
        className="jp-StreamRecords-bar"
      >
        <div style={{ width: `${100 * share}%` }} />
      </div>
      <span role="status">
        <b>{trans._n('%1 found', '%1 found', search.found.length)}</b>{' '}
        {trans.__(
          'in %1 of %2 records · %3 read · %4',
          formatCount(scanned),
          formatCount(of),
          formatBytes(bytes),
          seconds < 10 ? `${seconds.toFixed(1)}\u00a0s` : formatDuration(seconds)
        )}
        {endText(search, trans)}
      </span>
      {search.canGoOn && (
        <Button
          type="button"
          className="jp-StreamRecords-button jp-mod-accept"
          title={trans.__('Search the records that were not looked at yet')}
          onClick={() => {
            search.goOn();
          }}
        >
          {trans.__('Go on')}
        </Button>
      )}
    </div>
  );
}

function endText(search: RecordSearch, trans: TranslationBundle): string {
  const texts: Record<RecordSearch['state'], string> = {
    running: '',
    done: '',
    limit: trans.__(' · stopped: there are more than can be shown'),
    budget: trans.__(' · paused: as much was read as one search may'),
    stopped: trans.__(' · stopped'),
    broken: trans.__(' · the connection was lost. %1', search.reason ?? '')
  };
  return texts[search.state];
}
