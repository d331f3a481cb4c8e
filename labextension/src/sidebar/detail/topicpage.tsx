import { ReactWidget } from '@jupyterlab/ui-components';
import { offlineBoltIcon, lockIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { TopicDetail } from '../api/topics.js';
import type { Failure } from '../api/failure.js';
import { Busy } from '../state/busy.js';
import { EmptyState } from '../state/emptystate.js';
import { failureText } from '../state/failuretext.js';
import { useChanges } from '../state/usechanges.js';
import type { TopicModel } from './topicmodel.js';

/** What a page shows of a topic. */
export interface PageProps {
  readonly model: TopicModel;
  readonly detail: TopicDetail;
  readonly trans: TranslationBundle;
}

/** A page of a topic's detail, which waits for it and says when it cannot be had. */
export class TopicPage extends ReactWidget {
  constructor(
    private readonly model: TopicModel,
    private readonly trans: TranslationBundle,
    private readonly view: (props: PageProps) => JSX.Element
  ) {
    super();
    this.addClass('jp-StreamPage');
    // What is longer than the page is scrolled by keys.
    this.node.tabIndex = 0;
  }

  protected override render(): JSX.Element {
    return <Page model={this.model} trans={this.trans} view={this.view} />;
  }
}

interface Props {
  readonly model: TopicModel;
  readonly trans: TranslationBundle;
  readonly view: (props: PageProps) => JSX.Element;
}

function Page({ model, trans, view: View }: Props): JSX.Element {
  useChanges(model);
  if (model.detail !== null) {
    return <View model={model} detail={model.detail} trans={trans} />;
  }
  if (model.failure === null) {
    return <Busy text={trans.__('Asking the cluster …')} />;
  }
  return (
    <FailureView
      failure={model.failure}
      trans={trans}
      retry={() => {
        model.refresh();
      }}
    />
  );
}

interface FailureProps {
  readonly failure: Failure;
  readonly trans: TranslationBundle;
  readonly retry: () => void;
}

/** Says why something cannot be shown, with a button to try again. */
export function FailureView({ failure, trans, retry }: FailureProps): JSX.Element {
  return (
    <EmptyState
      icon={failure.kind === 'forbidden' ? lockIcon : offlineBoltIcon}
      {...failureText(failure, trans)}
      isError
      actions={[{ label: trans.__('Try again'), run: retry }]}
    />
  );
}
