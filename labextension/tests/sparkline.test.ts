import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sparkPath } from '../src/sparkline.js';

test('without values there is no line', () => {
  assert.equal(sparkPath([]), '');
});

test('a value that is alone is a dot at the right', () => {
  assert.equal(sparkPath([{ time: 5000, value: 3 }]), 'M64.0,1.0h0');
});

test('values lie where their times are', () => {
  const moments = [0, 1000, 3000].map(time => ({ time, value: 1 }));
  assert.equal(sparkPath(moments), 'M57.6,1.0h0L59.7,1.0L64.0,1.0');
});

test('there is no line over a time in which nothing came', () => {
  const moments = [
    { time: 0, value: 2 },
    { time: 15_000, value: 1 },
    { time: 15_500, value: 0 }
  ];
  assert.equal(sparkPath(moments), 'M30.9,1.0h0M62.9,7.0h0L64.0,13.0');
});

test('the line ends at the right, its largest value is at the top', () => {
  const moments = [0, 2, 1].map((value, index) => ({ time: index * 500, value }));
  assert.match(sparkPath(moments), /^M.*L62\.9,1\.0L64\.0,7\.0$/);
});
