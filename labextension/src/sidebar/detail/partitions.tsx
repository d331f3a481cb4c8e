import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { Partition } from '../api/topics.js';
import { formatBytes, formatCount } from '../../format.js';
import { shortRate } from '../state/amounts.js';
import type { Subtab } from './subtab.js';
import { TopicPage, type PageProps } from './topicpage.js';

/** The partitions of a topic. */
export const partitionsSubtab: Subtab = {
  id: 'partitions',
  label: trans => trans.__('Partitions'),
  make: (topic, { trans }) => new TopicPage(topic, trans, Partitions)
};

function Partitions({ model, detail, trans }: PageProps): JSX.Element {
  const most = Math.max(1, ...detail.partitions.map(({ low, high }) => high - low));
  return (
    <table className="jp-StreamTable">
      <thead>
        <tr>
          <th scope="col">{trans.__('Partition')}</th>
          <th scope="col">{trans.__('Records')}</th>
          <th scope="col" title={trans.__('Offset of the oldest record')}>
            {trans.__('Low watermark')}
          </th>
          <th scope="col" title={trans.__('Offset that the next record gets')}>
            {trans.__('High watermark')}
          </th>
          <th scope="col">{trans.__('Rate')}</th>
          <th scope="col">{trans.__('Size')}</th>
          <th scope="col" className="jp-mod-text">
            {trans.__('Leader')}
          </th>
          <th scope="col" className="jp-mod-text">
            {trans.__('Replicas in sync')}
          </th>
        </tr>
      </thead>
      <tbody>
        {detail.partitions.map(partition => (
          <PartitionRow
            key={partition.partition}
            {...{ partition, most, trans }}
            rate={model.rate(partition.partition)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly partition: Partition;
  /** The most records that a partition of the topic has. */
  readonly most: number;
  readonly rate: number | null;
  readonly trans: TranslationBundle;
}

function PartitionRow({ partition, most, rate, trans }: RowProps): JSX.Element {
  const { low, high, bytes } = partition;
  const share = `${((100 * (high - low)) / most).toFixed(1)}%`;
  return (
    <tr>
      <th scope="row">{partition.partition}</th>
      <td className="jp-StreamTable-bar" style={{ backgroundSize: `${share} 3px` }}>
        {formatCount(high - low)}
      </td>
      <td>{formatCount(low)}</td>
      <td>{formatCount(high)}</td>
      <td>{rate === null ? '–' : `${shortRate(rate)}/s`}</td>
      <td title={bytes === null ? trans.__('Only known for the local broker') : undefined}>
        {bytes === null ? '–' : formatBytes(bytes)}
      </td>
      <td className="jp-mod-text">
        {partition.leader ?? <Warning text={trans.__('no leader')} />}
      </td>
      <td className="jp-mod-text">
        <Replicas partition={partition} trans={trans} />
      </td>
    </tr>
  );
}

function Replicas({ partition, trans }: Pick<RowProps, 'partition' | 'trans'>): JSX.Element {
  const { replicas, in_sync: inSync } = partition;
  const text = trans.__('%1 of %2', inSync.length, replicas.length);
  return inSync.length < replicas.length ? <Warning text={text} /> : <>{text}</>;
}

function Warning({ text }: { readonly text: string }): JSX.Element {
  return <span className="jp-StreamBadge jp-mod-warn">{text}</span>;
}
