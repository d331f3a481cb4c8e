import assert from 'node:assert/strict';
import { test } from 'node:test';

import { itemRate } from '../src/cardnumbers.js';

const RATES: [string, number, number, number, string][] = [
  ['files that come', 3, 2, 8, '2.0\u00a0files/s'],
  ['records before the first file', 0, 0, 8, '8.0\u00a0records/s'],
  ['records while no file comes', 3, 0, 8, '8.0\u00a0records/s'],
  ['no file while nothing comes', 3, 0, 0, '0.0\u00a0files/s'],
  ['no record while nothing has come', 0, 0, 0, '0.0\u00a0records/s']
];

for (const [name, files, filesPerSecond, recordsPerSecond, told] of RATES) {
  test(`a watch tells of ${name}`, () => {
    assert.equal(itemRate({ files, filesPerSecond, recordsPerSecond }), told);
  });
}
