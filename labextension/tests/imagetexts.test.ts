import assert from 'node:assert/strict';
import { test } from 'node:test';

import { listed, pixelAt, valueText } from '../src/plots/image/texts.js';

test('pixels are found by place, from whichever end they are counted', () => {
  assert.equal(pixelAt(0, [-0.5, 3.5], 4), 0);
  assert.equal(pixelAt(3.4, [-0.5, 3.5], 4), 3);
  assert.equal(pixelAt(3.6, [-0.5, 3.5], 4), null);
  assert.equal(pixelAt(1, [10, 0], 5), 4);
});

test('a quantised value is told as what it nearly is', () => {
  const range = { low: 0, high: 254 };
  assert.equal(valueText(12.5, null), '12.5');
  assert.equal(valueText(0, range), 'masked');
  assert.equal(valueText(1, range), '\u2248 0');
  assert.equal(valueText(255, range), '\u2248 254');
});

test('statistics are listed, unknown ones with a dash', () => {
  assert.equal(
    listed({ min: 1, mean: null, masked: 1234 }),
    'min 1 \u00b7 mean \u2013 \u00b7 masked 1,234'
  );
});
