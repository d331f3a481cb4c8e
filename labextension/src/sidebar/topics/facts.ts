import type { TranslationBundle } from '@jupyterlab/translation';

import type { Topic } from '../api/topics.js';
import { formatBytes, formatCount } from '../../format.js';
import { shortCount, shortDuration, shortRate } from '../state/amounts.js';
import type { KnownFigures } from './figures.js';

/** What is told of a topic in its row: each text with what is said when the pointer is over it. */
export interface Fact {
  readonly id: 'partitions' | 'records' | 'size' | 'age' | 'error';
  readonly text: string;
  readonly title: string;
}

/** Return what is told of a topic; `now` is in seconds since the epoch. */
export function factsOf(
  topic: Topic,
  known: KnownFigures | null,
  now: number,
  trans: TranslationBundle
): Fact[] {
  const partitions: Fact = {
    id: 'partitions',
    text: trans.__('%1 part.', formatCount(topic.partitions)),
    title: trans._n('%1 partition', '%1 partitions', topic.partitions)
  };
  if (known === null) {
    return [partitions];
  }
  const { figures } = known;
  if ('error' in figures) {
    const text = trans.__('not known');
    return [{ id: 'error', text, title: figures.error }, partitions];
  }
  const facts = [recordsFact(figures.records, figures.is_estimate, trans)];
  if (figures.bytes !== null) {
    facts.push({ id: 'size', text: formatBytes(figures.bytes), title: trans.__('Size on disk') });
  }
  if (figures.newest !== null) {
    facts.push(ageFact(figures.newest, now, trans));
  }
  // What matters least comes last: in a narrow panel it is cut off.
  return [...facts, partitions];
}

function recordsFact(records: number, isEstimate: boolean, trans: TranslationBundle): Fact {
  const exact = trans
    ._n('%1 record', '%1 records', records)
    .replace(String(records), formatCount(records));
  return {
    id: 'records',
    text: `${isEstimate ? '≈\u202f' : ''}${shortCount(records)}\u00a0rec`,
    title: isEstimate
      ? trans.__('At most %1: the topic is compacted or has transactions', exact)
      : exact
  };
}

function ageFact(newest: number, now: number, trans: TranslationBundle): Fact {
  // Clocks differ a little: what is to come is now.
  const seconds = Math.max(0, now - newest);
  return {
    id: 'age',
    text: seconds < 1 ? trans.__('now') : shortDuration(seconds),
    title: trans.__('Last record: %1', new Date(1000 * newest).toLocaleString())
  };
}

/** Put a rate into words for the row. */
export function rateText(known: KnownFigures | null): string {
  const rate = known?.history.rate ?? null;
  return rate === null ? '' : `${shortRate(rate)}/s`;
}
