import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RecordWindow } from '../src/sidebar/records/window.js';
import { places, range, record, shown } from './recordsamples.js';

function contents(window: RecordWindow): string[] {
  return places(range(0, window.length).map(index => window.at(index) ?? record(-1, -1)));
}

function offsets(begin: number, end: number) {
  return range(begin, end).map(offset => record(0, offset));
}

test('a page and a tail join without duplicates', () => {
  const window = new RecordWindow();
  window.restart(new Map([[0, 10]]));
  window.prepend(offsets(5, 10).reverse());
  window.append(offsets(8, 13));
  assert.deepEqual(contents(window), places(offsets(5, 13)));
});

test('older records come in front of what is there, and keep the numbers of the others', () => {
  const window = new RecordWindow();
  window.restart(new Map([[0, 10]]));
  window.append(offsets(10, 12));
  window.prepend(offsets(7, 10).reverse());
  assert.equal(window.first, -3);
  assert.deepEqual(contents(window), places(offsets(7, 12)));
});

test('what is too much goes at the other end, and can be asked for again', () => {
  const window = new RecordWindow(4);
  window.restart(new Map([[0, 0]]));
  window.append(offsets(0, 6));
  assert.deepEqual(contents(window), places(offsets(2, 6)));
  assert.deepEqual([...window.begin], [[0, 2]]);
  assert.equal(window.dropped, 2);
  window.prepend(offsets(0, 2).reverse());
  assert.deepEqual(contents(window), places(offsets(0, 4)));
  assert.deepEqual([...window.end], [[0, 4]]);
  window.append(offsets(4, 6));
  assert.deepEqual(contents(window), places(offsets(2, 6)));
});

test('partitions have bounds of their own, in whatever order their records come', () => {
  const window = new RecordWindow(3);
  window.restart(
    new Map([
      [0, 5],
      [1, 50]
    ])
  );
  window.append([record(1, 50), record(0, 5), record(1, 51), record(0, 5), record(1, 50)]);
  assert.deepEqual(contents(window), ['1:50', '0:5', '1:51']);
  window.append([record(0, 6), record(1, 52)]);
  assert.deepEqual(contents(window), ['1:51', '0:6', '1:52']);
  assert.deepEqual(Object.fromEntries(window.begin), { 0: 6, 1: 51 });
});

test('a partition that came later is taken in', () => {
  const window = new RecordWindow();
  window.restart(new Map([[0, 5]]));
  window.append([record(3, 7)]);
  assert.deepEqual(Object.fromEntries(window.begin), { 0: 5, 3: 7 });
});

test('long texts leave room for fewer records, but for one at least', () => {
  const window = new RecordWindow(100, 1000);
  window.restart(new Map([[0, 0]]));
  window.append(range(0, 5).map(offset => record(0, offset, shown('x'.repeat(400)))));
  assert.deepEqual(contents(window), ['0:3', '0:4']);
  window.append([record(0, 5, shown('x'.repeat(5000)))]);
  assert.deepEqual(contents(window), ['0:5']);
});

test('the place behind a record is where its partition goes on, and the others are not yet', () => {
  const window = new RecordWindow();
  window.restart(
    new Map([
      [0, 5],
      [1, 50]
    ])
  );
  window.append([record(0, 5), record(1, 50), record(0, 6)]);
  assert.deepEqual(Object.fromEntries(window.placeBehind(0)), { 0: 6, 1: 50 });
  assert.deepEqual(Object.fromEntries(window.placeBehind(-1)), { 0: 5, 1: 50 });
});

test('another stretch is another generation', () => {
  const window = new RecordWindow();
  const before = window.generation;
  window.restart(new Map());
  assert.notEqual(window.generation, before);
});

test('a hundred thousand records leave no more than may be kept, and none is lost between', () => {
  const window = new RecordWindow(500);
  window.restart(new Map([[0, 0]]));
  for (let begin = 0; begin < 100_000; begin += 200) {
    window.append(offsets(begin, begin + 200));
  }
  assert.deepEqual(contents(window), places(offsets(99_500, 100_000)));
  assert.equal(window.dropped, 99_500);
  assert.equal(window.first, 99_500);
});
