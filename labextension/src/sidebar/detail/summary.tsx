import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { TopicDetail } from '../api/topics.js';
import { formatBytes, formatCount } from '../../format.js';
import { shortRate } from '../state/amounts.js';
import { SeenWidget } from '../state/seenwidget.js';
import { Stale } from '../state/stale.js';
import { useChanges } from '../state/usechanges.js';
import { retentionText } from './retentiontext.js';
import type { TopicModel } from './topicmodel.js';

/** The topic's name and what matters most of it, above its tabs. */
export class Summary extends SeenWidget {
  constructor(
    private readonly model: TopicModel,
    private readonly trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-StreamSummary');
  }

  /** The summary is seen whenever its tab is: the topic is asked for while it is. */
  protected override onSeen(isSeen: boolean): void {
    this.model.setActive(isSeen);
  }

  protected override render(): JSX.Element {
    return <SummaryView model={this.model} trans={this.trans} />;
  }
}

interface Props {
  readonly model: TopicModel;
  readonly trans: TranslationBundle;
}

function SummaryView({ model, trans }: Props): JSX.Element {
  useChanges(model);
  const { place, detail, failure } = model;
  return (
    <>
      <div className="jp-StreamSummary-head">
        <h2 className="jp-StreamSummary-name" title={place.topic}>
          {place.topic}
        </h2>
        {detail?.internal && <span className="jp-StreamBadge">{trans.__('internal')}</span>}
        <span className="jp-StreamSummary-cluster">{trans.__('on %1', place.cluster)}</span>
      </div>
      {detail !== null && failure !== null && (
        <Stale
          failure={failure}
          trans={trans}
          retry={() => {
            model.refresh();
          }}
        />
      )}
      {detail !== null && (
        <dl className="jp-StreamSummary-facts">
          {factsOf(detail, model.totalRate, trans).map(({ name, value, note }) => (
            <div key={name} className="jp-StreamSummary-fact">
              <dt>{name}</dt>
              <dd>
                {value}
                {note && <span className="jp-StreamSummary-note">{note}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

interface SummaryFact {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

function factsOf(
  { partitions, retention }: TopicDetail,
  rate: number | null,
  trans: TranslationBundle
): SummaryFact[] {
  const records = partitions.reduce((sum, { low, high }) => sum + high - low, 0);
  const sizes = partitions.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  const { text, detail } = retentionText(retention, trans);
  const estimate = retention.compacted ? '≈\u202f' : '';
  return [
    { name: trans.__('Records'), value: `${estimate}${formatCount(records)}` },
    { name: trans.__('Rate'), value: rate === null ? '–' : `${shortRate(rate)}/s` },
    {
      name: trans.__('Size'),
      value: sizes.length === 0 ? '–' : formatBytes(sizes.reduce((sum, bytes) => sum + bytes, 0)),
      note: sizes.length === 0 ? trans.__('only known for the local broker') : undefined
    },
    { name: trans.__('Partitions'), value: formatCount(partitions.length) },
    { name: trans.__('Kept'), value: text, note: detail }
  ];
}
