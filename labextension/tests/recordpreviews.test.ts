import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Preview } from '../src/sidebar/api/records.js';
import { Previews } from '../src/sidebar/records/previews.js';
import { range, record, settle, shown } from './recordsamples.js';

function spectrum(offset: number) {
  return record(0, offset, shown('', 'spectrum'));
}

function stage(most: number, atOnce: number) {
  const asked: number[] = [];
  const answers: ((preview: Preview) => void)[] = [];
  const previews = new Previews(
    (_, offset) => {
      asked.push(offset);
      return new Promise(resolve => {
        answers.push(resolve);
      });
    },
    most,
    atOnce
  );
  return { previews, asked, answers };
}

const LINE: Preview = { kind: 'spectrum', x: null, y: [1, 2] };

test('only so many are asked for at once, and those out of view no more', async () => {
  const { previews, asked, answers } = stage(10, 2);
  previews.want(range(0, 5).map(spectrum));
  assert.deepEqual(asked, [0, 1]);
  previews.want(range(20, 22).map(spectrum));
  answers[0](LINE);
  await settle();
  assert.deepEqual(asked, [0, 1, 20]);
  assert.deepEqual(previews.of(spectrum(0)), LINE);
});

test('the ones that were wanted longest ago go', async () => {
  const { previews, answers } = stage(2, 4);
  previews.want([spectrum(1), spectrum(2)]);
  answers[0](LINE);
  answers[1](LINE);
  await settle();
  previews.want([spectrum(1), spectrum(3)]);
  answers[2](LINE);
  await settle();
  assert.equal(previews.of(spectrum(2)), undefined);
  assert.deepEqual(previews.of(spectrum(1)), LINE);
  assert.deepEqual(previews.of(spectrum(3)), LINE);
});

test('texts have no picture, and a picture that cannot be had is none', async () => {
  const asked: number[] = [];
  const previews = new Previews((_, offset) => {
    asked.push(offset);
    return Promise.reject(new Error('gone'));
  });
  previews.want([record(0, 1), spectrum(2)]);
  await settle();
  assert.deepEqual(asked, [2]);
  assert.deepEqual(previews.of(spectrum(2)), { kind: 'none' });
});
