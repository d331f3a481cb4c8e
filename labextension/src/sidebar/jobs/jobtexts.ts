import type { TranslationBundle } from '@jupyterlab/translation';

import { formatRate } from '../../format.js';
import { shortCount } from '../state/amounts.js';
import type { Job, JobState } from './messages.js';

/** A number of a job, in words. */
export interface JobFact {
  readonly id: string;
  readonly text: string;
}

/** Return the word for a state. */
export function jobStateText(state: JobState, trans: TranslationBundle): string {
  const texts: Readonly<Record<JobState, string>> = {
    starting: trans.__('starting'),
    waiting: trans.__('waiting'),
    running: trans.__('running'),
    paused: trans.__('paused'),
    finished: trans.__('finished'),
    failed: trans.__('failed')
  };
  return texts[state];
}

/** Return the word for what a job does. */
export function jobKindText(kind: string, trans: TranslationBundle): string {
  const texts: Readonly<Record<string, string>> = {
    watch: trans.__('Watch'),
    upload: trans.__('Upload'),
    download: trans.__('Download'),
    receive: trans.__('Receive')
  };
  return texts[kind] ?? kind;
}

/** Return what a job is called: its kind says already what some names begin with. */
export function jobTitle({ kind, name }: Pick<Job, 'kind' | 'name'>): string {
  const begin = `${kind} `;
  return name.startsWith(begin) ? name.slice(begin.length) : name;
}

/** Return the numbers of a job that are worth telling. */
export function jobFacts(job: Job, trans: TranslationBundle): readonly JobFact[] {
  const facts: JobFact[] = [];
  if (job.state === 'running' || job.state === 'waiting') {
    facts.push({ id: 'rate', text: formatRate(job.rate, trans.__('records')) });
  }
  facts.push({
    id: 'records',
    text: trans._n('%2 record', '%2 records', job.records, shortCount(job.records))
  });
  if (job.files > 0) {
    facts.push({
      id: 'files',
      text: trans._n('%2 file', '%2 files', job.files, shortCount(job.files))
    });
  }
  if (job.lag !== null && job.lag > 0) {
    facts.push({ id: 'lag', text: trans.__('lag %1', shortCount(job.lag)) });
  }
  return facts;
}
