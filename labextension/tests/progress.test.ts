import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCard } from '../src/card.js';
import { progressOf, type Progress } from '../src/progress.js';
import { CARD } from './frames.js';

function progress(changes: object): Progress {
  const { share, done, outlook } = progressOf(readCard({ ...CARD, kind: 'upload', ...changes }));
  return {
    share,
    done: done.replaceAll('\u00a0', ' '),
    outlook: outlook.replaceAll('\u00a0', ' ')
  };
}

test('with a known whole, all of it is told', () => {
  assert.deepEqual(
    progress({
      files: 3,
      files_total: 8,
      content_bytes: 999,
      content_bytes_total: 4000,
      seconds_left: 65
    }),
    { share: 0.24975, done: '3 of 8 files, 999 B of 4.0 kB', outlook: '24 %, 1 min 5 s left' }
  );
});

test('with an unknown whole, what is done is told', () => {
  assert.deepEqual(progress({ files: 1, content_bytes: 5000 }), {
    share: null,
    done: '1 file, 5.0 kB',
    outlook: ''
  });
});

test('empty files count by their number', () => {
  const whole = { content_bytes: 0, content_bytes_total: 0 };
  assert.equal(progress({ ...whole, files: 1, files_total: 4 }).share, 0.25);
  assert.equal(progress({ ...whole, files: 0, files_total: 0 }).share, null);
});

test('what is done ends at the whole', () => {
  const whole = { content_bytes: 9, content_bytes_total: 3, seconds_left: 0 };
  const done = progress({ ...whole, state: 'finished' });
  assert.equal(done.share, 1);
  assert.equal(done.outlook, '100 %');
});

test('what is almost done is not done', () => {
  const almost = progress({ content_bytes: 9999, content_bytes_total: 10_000 });
  assert.equal(almost.outlook, '99 %');
});

test('while a job is paused, nobody knows how long it takes', () => {
  const paused = progress({ state: 'paused', content_bytes_total: 8000, seconds_left: 65 });
  assert.equal(paused.outlook, '50 %');
});

test('a job that goes on with nothing left to do is up to date', () => {
  const upload = progress({ content_bytes: 3, content_bytes_total: 3, seconds_left: 0 });
  assert.deepEqual([upload.share, upload.outlook], [1, 'up to date']);
  const download = progress({ kind: 'download', lag: 0 });
  assert.deepEqual([download.share, download.outlook], [1, 'up to date']);
  assert.equal(progress({ kind: 'download', lag: 3 }).share, null);
});
