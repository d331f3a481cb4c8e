import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fadingAlphas } from '../src/plots/spectrum/fading.js';

test('older spectra are fainter, and all can be seen', () => {
  const alphas = fadingAlphas(5);
  assert.equal(alphas.length, 5);
  assert.deepEqual(
    alphas,
    [...alphas].sort((one, other) => one - other)
  );
  assert.ok(alphas[0] > 0.05);
  assert.ok(alphas[4] < 1);
});

test('one spectrum is as strong as the newest of many', () => {
  assert.equal(fadingAlphas(1)[0], fadingAlphas(9)[8]);
});

test('no spectra need no alphas', () => {
  assert.deepEqual(fadingAlphas(0), []);
});
