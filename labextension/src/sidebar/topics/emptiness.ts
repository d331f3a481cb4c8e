import { lockIcon, offlineBoltIcon, searchIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Failure } from '../api/failure.js';
import { streamIcon } from '../../icon.js';
import type { Emptiness, Remedy } from '../state/emptystate.js';
import { failureText } from '../state/failuretext.js';
import { sentences } from '../state/sentences.js';
import type { PaneState } from './panestate.js';

/** What can be done from the pane. */
export interface PaneActions {
  readonly retry: () => void;
  readonly startBroker: () => void;
  readonly clearFilter: () => void;
  readonly showInternal: () => void;
}

/** How a cluster is made known, in a notebook. */
const CONNECT = '%stream_connect HOST:PORT';

/** How the local broker is started in a terminal. */
const START = 'jupyter stream broker start';

/** What makes a folder with a notebook that fills a topic, in a terminal. */
const TRY = 'jupyter stream examples quickstart';

/** Say why there are no topics to see; null while something is under way or there are some. */
export function emptinessOf(
  state: PaneState,
  trans: TranslationBundle,
  actions: PaneActions
): Emptiness | null {
  const retry: Remedy = { label: trans.__('Try again'), run: actions.retry };
  const start: Remedy = { label: trans.__('Start the local broker'), run: actions.startBroker };
  switch (state.kind) {
    case 'failed':
      return failed(state.failure, trans, retry);
    case 'no-cluster':
      return {
        icon: streamIcon,
        title: trans.__('No cluster yet'),
        text: trans.__('Start a broker on this computer, or connect to a cluster in a notebook:'),
        code: CONNECT,
        actions: [start, retry]
      };
    case 'stopped':
      return stopped(state, trans, state.mayStart ? start : retry);
    case 'unreachable':
      return {
        icon: offlineBoltIcon,
        title: trans.__('%1 cannot be reached', state.cluster.name),
        text: trans.__(
          'No broker answers at %1. Look whether it runs, and whether the address is right.',
          state.cluster.bootstrap ?? '?'
        ),
        cause: sentences(state.cluster.reason),
        isError: true,
        actions: [retry]
      };
    case 'no-topics':
      return noTopics(trans, trans.__('Nothing was written to this cluster. To try it out:'), [
        { label: trans.__('Look again'), run: actions.retry }
      ]);
    case 'only-internal':
      return noTopics(
        trans,
        trans._n(
          'There is only %1 topic that Kafka keeps for itself. To try it out:',
          'There are only %1 topics that Kafka keeps for itself. To try it out:',
          state.hidden
        ),
        [
          { label: trans.__('Look again'), run: actions.retry },
          { label: trans.__('Show internal topics'), run: actions.showInternal }
        ]
      );
    case 'no-match':
      return {
        icon: searchIcon,
        title: trans.__('No topic matches'),
        text: trans.__('No name has all the words of the filter.'),
        actions: [
          { label: trans.__('Clear the filter'), run: actions.clearFilter },
          ...(state.hidden > 0
            ? [{ label: trans.__('Show internal topics'), run: actions.showInternal }]
            : [])
        ]
      };
    default:
      return null;
  }
}

function failed(failure: Failure, trans: TranslationBundle, retry: Remedy): Emptiness {
  const icon = failure.kind === 'forbidden' ? lockIcon : offlineBoltIcon;
  return { icon, ...failureText(failure, trans), isError: true, actions: [retry] };
}

function noTopics(trans: TranslationBundle, text: string, actions: readonly Remedy[]): Emptiness {
  return { icon: streamIcon, title: trans.__('No topics yet'), text, code: TRY, actions };
}

function stopped(
  { cause, mayStart }: Extract<PaneState, { kind: 'stopped' }>,
  trans: TranslationBundle,
  action: Remedy
): Emptiness {
  const offer = trans.__(
    'A broker of your own on this computer needs no settings, starts in a few seconds, and keeps its topics when it is stopped.'
  );
  const refusal = trans.__(
    'This Jupyter server does not allow to start it from here. Choose another cluster, or start it in a terminal:'
  );
  return {
    icon: streamIcon,
    title:
      cause === null
        ? trans.__('The local broker is stopped')
        : trans.__('The local broker is not running'),
    text: mayStart ? offer : refusal,
    code: mayStart ? undefined : START,
    cause,
    isError: cause !== null,
    actions: [action]
  };
}
