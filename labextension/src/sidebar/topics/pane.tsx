import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX, RefObject } from 'react';

import { formatCount } from '../../format.js';
import { ClusterChooser } from '../clusters/chooser.js';
import { progressText } from '../clusters/progresstext.js';
import { Busy } from '../state/busy.js';
import { EmptyState } from '../state/emptystate.js';
import { Stale } from '../state/stale.js';
import { useChanges } from '../state/usechanges.js';
import { emptinessOf, type PaneActions } from './emptiness.js';
import { FilterBox } from './filterbox.js';
import type { PaneState } from './panestate.js';
import type { RowActions } from './rowview.js';
import type { TopicsModel } from './topicsmodel.js';
import { TreeView } from './treeview.js';

interface Props {
  readonly model: TopicsModel;
  readonly rowActions: RowActions;
  readonly paneActions: PaneActions;
  readonly inputRef: RefObject<HTMLInputElement>;
  readonly focusCount: number;
  readonly focusTree: () => void;
}

/** The cluster, and its topics or why there are none. */
export function TopicsPane(props: Props): JSX.Element {
  const { model, inputRef, focusTree } = props;
  const { clusters, trans } = model.around;
  useChanges(clusters);
  useChanges(model.listing);
  useChanges(model.tree);
  const state = model.state;
  const hasTopics = state.kind === 'topics' || state.kind === 'no-match';
  return (
    <div className="jp-StreamTopics">
      <ClusterChooser
        {...{ clusters, trans }}
        refresh={() => {
          model.refresh();
        }}
      />
      {hasTopics && <FilterBox tree={model.tree} {...{ trans, inputRef }} leave={focusTree} />}
      <Content {...props} state={state} />
    </div>
  );
}

function Content(props: Props & { readonly state: PaneState }): JSX.Element {
  const { model, state, rowActions, paneActions, focusCount } = props;
  const { trans } = model.around;
  const emptiness = emptinessOf(state, trans, paneActions);
  if (emptiness !== null) {
    return <EmptyState {...emptiness} />;
  }
  if (state.kind !== 'topics') {
    return <Busy text={busyText(state, trans)} />;
  }
  return (
    <>
      {state.failure !== null && (
        <Stale failure={state.failure} trans={trans} retry={paneActions.retry} />
      )}
      <TreeView {...{ model, trans, focusCount }} actions={rowActions} />
      <Foot {...{ model, trans }} />
    </>
  );
}

function busyText(state: PaneState, trans: TranslationBundle): string {
  if (state.kind !== 'connecting') {
    return trans.__('Looking for topics …');
  }
  const { reason, name } = state.cluster;
  return reason === null ? trans.__('Connecting to %1 …', name) : progressText(reason, trans);
}

interface FootProps {
  readonly model: TopicsModel;
  readonly trans: TranslationBundle;
}

function Foot({ model, trans }: FootProps): JSX.Element {
  const { shown, hidden, filter } = model.tree;
  const all = (model.listing.topics?.length ?? 0) - hidden;
  const { values } = model.around.settings;
  const count =
    filter.trim() === ''
      ? trans._n('%1 topic', '%1 topics', all)
      : trans.__('%1 of %2 topics', formatCount(shown), formatCount(all));
  return (
    <div className="jp-StreamFoot">
      <span role="status">{count}</span>
      {(hidden > 0 || values.showInternal) && (
        <button
          type="button"
          className="jp-StreamFoot-link"
          onClick={() => void model.around.settings.set('showInternal', !values.showInternal)}
        >
          {values.showInternal
            ? trans.__('Hide internal ones')
            : trans.__('%1 internal hidden', formatCount(hidden))}
        </button>
      )}
    </div>
  );
}
