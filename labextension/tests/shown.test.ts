import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ShownCount } from '../src/plots/drawing/shown.js';

test('what came before the view was opened is not missed', () => {
  const count = new ShownCount();
  count.arrived(1000, 20, true, 20);
  count.painted();
  assert.equal(count.missed, 0);
});

test('what a frame skips is missed', () => {
  const count = new ShownCount();
  count.arrived(10, 10, true, 20);
  count.painted();
  count.arrived(50, 20, false, 20);
  count.painted();
  assert.equal(count.missed, 20);
});

test('what is replaced before it is painted is missed', () => {
  const count = new ShownCount();
  count.arrived(1, 1, true, 1);
  count.painted();
  count.arrived(2, 1, false, 1);
  count.arrived(3, 1, false, 1);
  count.arrived(4, 1, false, 1);
  count.painted();
  assert.equal(count.missed, 2);
});

test('a repeated state counts nothing twice', () => {
  const count = new ShownCount();
  count.arrived(10, 10, true, 20);
  count.painted();
  count.arrived(10, 10, true, 20);
  count.painted();
  count.arrived(12, 12, true, 20);
  count.painted();
  assert.equal(count.missed, 0);
});

test('what came while the user looked at something else is not missed', () => {
  const count = new ShownCount();
  count.arrived(10, 10, true, 1);
  count.painted();
  count.arrived(110, 20, true, 1);
  count.painted();
  assert.equal(count.missed, 0);
  count.arrived(113, 1, false, 1);
  count.painted();
  assert.equal(count.missed, 2);
});
