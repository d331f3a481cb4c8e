import { Button, clearIcon, InputGroup, searchIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX, RefObject } from 'react';

import { useChanges } from '../state/usechanges.js';
import type { TopicTree } from './tree.js';

interface Props {
  readonly tree: TopicTree;
  readonly trans: TranslationBundle;
  readonly inputRef: RefObject<HTMLInputElement>;
  /** Called when the list shall get the focus. */
  readonly leave: () => void;
}

/** Filters topics by their names. */
export function FilterBox({ tree, trans, inputRef, leave }: Props): JSX.Element {
  useChanges(tree);
  return (
    <div className="jp-StreamFilter">
      <searchIcon.react tag="span" className="jp-StreamFilter-icon" aria-hidden="true" />
      <InputGroup
        inputRef={inputRef}
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder={trans.__('Filter topics')}
        title={trans.__('Words that have to be in the name; press / to get here')}
        aria-label={trans.__('Filter topics')}
        value={tree.filter}
        onChange={event => {
          tree.setFilter(event.target.value);
        }}
        onKeyDown={event => {
          if (event.key === 'Escape' && tree.filter !== '') {
            tree.setFilter('');
          } else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === 'Escape') {
            leave();
          } else {
            return;
          }
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {tree.filter !== '' && (
        <Button
          type="button"
          minimal
          className="jp-StreamIconButton jp-StreamFilter-clear"
          title={trans.__('Clear the filter')}
          aria-label={trans.__('Clear the filter')}
          onClick={() => {
            tree.setFilter('');
            inputRef.current?.focus();
          }}
        >
          <clearIcon.react tag="span" aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}
