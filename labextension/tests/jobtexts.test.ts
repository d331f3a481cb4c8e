import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { TranslationBundle } from '@jupyterlab/translation';

import { jobFacts, jobKindText, jobTitle } from '../src/sidebar/jobs/jobtexts.js';
import type { Job } from '../src/sidebar/jobs/messages.js';

/** Fills in as JupyterLab's translations do. */
const filled = (text: string, ...values: unknown[]): string =>
  text.replaceAll(/%(\d)/g, (_, place: string) => String(values[Number(place) - 1]));

const trans = {
  __: filled,
  _n: (one: string, many: string, count: number, ...values: unknown[]) =>
    filled(count === 1 ? one : many, count, ...values)
} as unknown as TranslationBundle;

function factsOf(changes: Partial<Job>): readonly string[] {
  const job = { state: 'running', records: 0, files: 0, rate: 0, lag: null, ...changes } as Job;
  return jobFacts(job, trans).map(({ text }) => text);
}

test('numbers are told as far as they mean something', () => {
  assert.deepEqual(factsOf({}), ['0.0\u00a0records/s', '0 records']);
  assert.deepEqual(factsOf({ records: 1, files: 1, lag: 0, rate: 12.34 }), [
    '12.3\u00a0records/s',
    '1 record',
    '1 file'
  ]);
  assert.deepEqual(factsOf({ state: 'paused', records: 2_000_000, lag: 1234 }), [
    '2M records',
    'lag 1,234'
  ]);
  assert.deepEqual(factsOf({ state: 'finished', files: 3 }), ['0 records', '3 files']);
});

test('the kind stands once, though names begin with it', () => {
  assert.equal(jobTitle({ kind: 'watch', name: 'watch detector' }), 'detector');
  assert.equal(jobTitle({ kind: 'watch', name: 'watchdog' }), 'watchdog');
  assert.equal(jobKindText('upload', trans), 'Upload');
  assert.equal(jobKindText('other', trans), 'other');
});
