import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import { PAGE } from '../src/sidebar/records/limits.js';
import { type Page, type PageQuestion, Pager } from '../src/sidebar/records/pager.js';
import { RecordWindow } from '../src/sidebar/records/window.js';
import { pageOf, range, record } from './recordsamples.js';

/** A pager of a topic with so many records. */
function pagerOf(total: number, most = 5000) {
  const window = new RecordWindow(most);
  const asked: PageQuestion[] = [];
  const pager = new Pager(window, question => {
    asked.push(question);
    return Promise.resolve(pageOf(total, PAGE, question));
  });
  return { window, pager, asked };
}

function kept(window: RecordWindow): number[] {
  return range(0, window.length).map(index => window.at(index)?.offset ?? -1);
}

test('the newest page, and older ones until there are no more', async () => {
  const { window, pager } = pagerOf(250);
  await pager.open('newest');
  assert.deepEqual(kept(window), range(150, 250));
  assert.equal(pager.older.state, 'more');
  assert.equal(pager.newer.state, 'end');
  await pager.loadOlder();
  await pager.loadOlder();
  assert.deepEqual(kept(window), range(0, 250));
  assert.equal(pager.older.state, 'end');
  await pager.loadOlder();
  assert.equal(pager.scannedBytes, 250);
});

test('from an offset upwards, and back to the beginning', async () => {
  const { window, pager } = pagerOf(250);
  await pager.open('offset:120');
  assert.deepEqual(kept(window), range(120, 220));
  await pager.loadNewer();
  assert.equal(pager.newer.state, 'end');
  await pager.loadOlder();
  assert.deepEqual(kept(window), range(20, 250));
});

test('far pages are dropped and loaded again, without loss or duplicates', async () => {
  const { window, pager } = pagerOf(1000, 250);
  await pager.open('newest');
  for (const expected of [800, 700, 600, 500]) {
    await pager.loadOlder();
    assert.equal(window.at(0)?.offset, expected);
  }
  assert.deepEqual(kept(window), range(500, 750));
  assert.equal(pager.newer.state, 'more');
  await pager.loadNewer();
  await pager.loadNewer();
  assert.deepEqual(kept(window), range(700, 950));
  await pager.loadNewer();
  assert.deepEqual(kept(window), range(750, 1000));
  assert.equal(pager.newer.state, 'end');
});

test('an empty topic is at both ends', async () => {
  const { window, pager } = pagerOf(0);
  await pager.open('newest');
  assert.equal(pager.state.state, 'ready');
  assert.equal(window.length, 0);
  assert.equal(pager.older.state, 'end');
});

test('a page that fails says why, and is asked for again', async () => {
  const window = new RecordWindow();
  let isBroken = true;
  const pager = new Pager(window, question =>
    isBroken
      ? Promise.reject(new Failure('unreachable', 'No broker answers.'))
      : Promise.resolve(pageOf(150, PAGE, question))
  );
  await pager.open('newest');
  assert.ok(pager.state.state === 'failed');
  assert.equal(pager.state.failure.message, 'No broker answers.');
  isBroken = false;
  await pager.open('newest');
  assert.equal(window.length, 100);
  isBroken = true;
  await pager.loadOlder();
  assert.equal(pager.older.state, 'failed');
  assert.equal(window.length, 100);
  isBroken = false;
  await pager.loadOlder();
  assert.equal(window.length, 150);
});

test('an answer for a place that was left is void', async () => {
  const window = new RecordWindow();
  const answers: ((page: Page) => void)[] = [];
  const pager = new Pager(
    window,
    () =>
      new Promise(resolve => {
        answers.push(resolve);
      })
  );
  const first = pager.open('newest');
  const second = pager.open('earliest');
  answers[1](pageOf(300, PAGE, { from: 'earliest' }));
  answers[0](pageOf(300, PAGE, { from: 'newest' }));
  await Promise.all([first, second]);
  assert.deepEqual(kept(window), range(0, 100));
});

test('one end is asked for once at a time', async () => {
  const { pager, asked } = pagerOf(500);
  await pager.open('newest');
  await Promise.all([pager.loadOlder(), pager.loadOlder()]);
  assert.equal(asked.length, 2);
});

test('what a tail pushes out at the old end can be loaded again', async () => {
  const { window, pager } = pagerOf(100, 100);
  await pager.open('newest');
  assert.equal(pager.older.state, 'end');
  pager.tailed(range(100, 150).map(offset => record(0, offset)));
  assert.deepEqual(kept(window), range(50, 150));
  assert.equal(pager.older.state, 'more');
  await pager.loadOlder();
  assert.deepEqual(kept(window), range(0, 100));
});
