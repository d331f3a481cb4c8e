import assert from 'node:assert/strict';
import { test } from 'node:test';

import { equalUnits } from '../src/plots/drawing/aspect.js';
import { extent, fitted, union } from '../src/plots/drawing/interval.js';
import { LOG, symlog, thresholdFor } from '../src/plots/drawing/scale.js';

test('values that are no numbers do not count', () => {
  assert.deepEqual(extent(new Float64Array([NaN, 3, -Infinity, 1])), { low: 1, high: 3 });
  assert.equal(extent(new Float64Array([NaN])), null);
  assert.deepEqual(
    extent(new Float64Array([-2, 0, 5]), value => value > 0),
    { low: 5, high: 5 }
  );
});

test('nothing and an interval are the interval', () => {
  assert.deepEqual(union(null, { low: 1, high: 2 }), { low: 1, high: 2 });
  assert.deepEqual(union({ low: 0, high: 1 }, { low: 3, high: 4 }), { low: 0, high: 4 });
});

test('a range stays as long as the data fit', () => {
  const first = fitted(null, { low: 0, high: 100 });
  assert.ok(first.low < 0 && first.high > 100);
  assert.equal(fitted(first, { low: 2, high: 105 }), first);
});

test('a range grows with room to spare', () => {
  const first = fitted(null, { low: 0, high: 100 });
  const second = fitted(first, { low: 0, high: 200 });
  assert.ok(second.high > 200);
  assert.equal(fitted(second, { low: 0, high: 205 }), second);
});

test('a range shrinks when it is almost empty', () => {
  const wide = fitted(null, { low: 0, high: 100 });
  assert.ok(fitted(wide, { low: 0, high: 10 }).high < 20);
});

test('one value gets a range around it', () => {
  const { low, high } = fitted(null, { low: 5, high: 5 });
  assert.ok(low < 5 && high > 5);
  assert.ok(fitted(null, { low: 0, high: 0 }).high > 0);
});

test('a logarithm has no place for zero', () => {
  assert.equal(LOG.forward(100), 2);
  assert.ok(Number.isNaN(LOG.forward(0)));
  assert.equal(LOG.back(3), 1000);
});

test('symlog goes there and back on both sides of zero', () => {
  const scale = symlog(0.5);
  for (const value of [-1e6, -0.1, 0, 2, 1e9]) {
    assert.ok(Math.abs(scale.back(scale.forward(value)) - value) <= 1e-9 * Math.abs(value));
  }
  assert.equal(thresholdFor(25_000), 10);
  assert.equal(thresholdFor(0), 1);
});

test('pixels of an image are as wide as high', () => {
  const [across, upwards] = equalUnits(
    { low: 0, high: 10 },
    { low: 0, high: 10 },
    { width: 400, height: 100 }
  );
  assert.deepEqual(across, { low: -15, high: 25 });
  assert.deepEqual(upwards, { low: 0, high: 10 });
});
