import assert from 'node:assert/strict';
import { test } from 'node:test';

import { rowsInView } from '../src/plots/table/window.js';

test('only the rows in view, and some beyond, are on the page', () => {
  assert.deepEqual(rowsInView(200, 0, 260, 26), { first: 0, end: 22 });
  assert.deepEqual(rowsInView(200, 2600, 260, 26), { first: 94, end: 116 });
  assert.deepEqual(rowsInView(200, 5200, 260, 26), { first: 194, end: 200 });
});

test('a short table is there as a whole', () => {
  assert.deepEqual(rowsInView(3, 0, 260, 26), { first: 0, end: 3 });
  assert.deepEqual(rowsInView(0, 900, 260, 26), { first: 0, end: 0 });
});
