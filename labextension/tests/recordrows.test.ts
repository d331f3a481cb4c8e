import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import type { FormatChoice } from '../src/sidebar/api/records.js';
import { partsOf } from '../src/sidebar/records/marked.js';
import { OpenedRecord } from '../src/sidebar/records/opened.js';
import { rowsOfWindow } from '../src/sidebar/records/rows.js';
import { rangeOf, rowAfter, ROW, scrollFor } from '../src/sidebar/records/scrolling.js';
import { RecordWindow } from '../src/sidebar/records/window.js';
import { range, record, settle } from './recordsamples.js';

test('a row keeps its serial where rows come above it', () => {
  const window = new RecordWindow();
  window.restart(new Map([[0, 10]]));
  window.append(range(10, 13).map(offset => record(0, offset)));
  const before = rowsOfWindow(window, true);
  assert.equal(before.at(0)?.offset, 12);
  const serial = before.serialOf(1);
  window.append([record(0, 13)]);
  const after = rowsOfWindow(window, true);
  assert.equal(after.rowOf(serial), 2);
  assert.equal(after.at(2)?.offset, 11);
  assert.equal(rowsOfWindow(window, false).at(0)?.offset, 10);
});

test('the rows in view, and some more on both sides', () => {
  assert.deepEqual(rangeOf(0, 10 * ROW, 0, 1000), { start: 0, end: 18 });
  assert.deepEqual(rangeOf(100 * ROW, 10 * ROW, ROW, 1000), { start: 91, end: 117 });
  assert.deepEqual(rangeOf(0, 10 * ROW, 0, 3), { start: 0, end: 3 });
});

test('scrolling as little as brings a row into view below the head', () => {
  assert.equal(scrollFor(5, 0, 10 * ROW, 0), 0);
  assert.equal(scrollFor(2, 5 * ROW, 10 * ROW, 0), 2 * ROW);
  assert.equal(scrollFor(20, 0, 10 * ROW, 0), 12 * ROW);
});

test('keys lead to rows, and not beyond the ends', () => {
  assert.equal(rowAfter('ArrowDown', -1, 5, 3), 0);
  assert.equal(rowAfter('PageDown', 3, 5, 3), 4);
  assert.equal(rowAfter('Home', 3, 5, 3), 0);
  assert.equal(rowAfter('End', 0, 5, 3), 4);
  assert.equal(rowAfter('x', 0, 5, 3), null);
});

test('what is searched for is in view, whatever stands before it', () => {
  assert.deepEqual(partsOf('abc', ''), [{ text: 'abc', isFound: false }]);
  const parts = partsOf(`${'x'.repeat(100)}Needle here`, 'needle');
  assert.equal(parts[0].text, `…${'x'.repeat(24)}`);
  assert.deepEqual(parts[1], { text: 'Needle', isFound: true });
  assert.equal(parts[2].text, ' here');
});

test('a record is asked for when it is looked at, once, and again in another format', async () => {
  const asked: FormatChoice[] = [];
  const opened = new OpenedRecord(record(0, 1), 'auto', {
    whole: as => {
      asked.push(as);
      return Promise.resolve(record(0, 1));
    },
    preview: () => Promise.reject(new Failure('server', 'No.'))
  });
  assert.equal(asked.length, 0);
  assert.equal(opened.whole().state, 'loading');
  await settle();
  assert.equal(opened.whole().state, 'ready');
  opened.read('text');
  assert.equal(opened.whole().state, 'loading');
  await settle();
  opened.bytes();
  assert.deepEqual(asked, ['auto', 'text', 'bytes']);
});

test('what failed is asked for again, and not what came', async () => {
  let isBroken = true;
  let count = 0;
  const opened = new OpenedRecord(record(0, 1), 'auto', {
    whole: () => {
      count += 1;
      return Promise.resolve(record(0, 1));
    },
    preview: () =>
      isBroken
        ? Promise.reject(new Failure('server', 'No.'))
        : Promise.resolve({ kind: 'none' as const })
  });
  opened.whole();
  opened.picture();
  await settle();
  assert.equal(opened.picture().state, 'failed');
  isBroken = false;
  opened.retry();
  opened.picture();
  await settle();
  assert.equal(opened.picture().state, 'ready');
  assert.equal(opened.whole().state, 'ready');
  assert.equal(count, 1);
});

test('a record that was closed tells nothing more', async () => {
  const opened = new OpenedRecord(record(0, 1), 'auto', {
    whole: () => Promise.resolve(record(0, 1)),
    preview: () => Promise.resolve({ kind: 'none' as const })
  });
  opened.whole();
  opened.close();
  await settle();
  assert.equal(opened.whole().state, 'loading');
});
