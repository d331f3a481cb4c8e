import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  formatByteRate,
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatRate
} from '../src/format.js';

/** Compare with a plain space where the text has one that does not break. */
function equal(actual: string, expected: string): void {
  assert.equal(actual.replaceAll('\u00a0', ' '), expected);
}

test('bytes get the unit that suits them', () => {
  equal(formatBytes(0), '0 B');
  equal(formatBytes(999), '999 B');
  equal(formatBytes(1000), '1.0 kB');
  equal(formatBytes(1_234_567), '1.2 MB');
  equal(formatBytes(2.5e12), '2.5 TB');
});

test('rounding never gives a thousand of a unit', () => {
  equal(formatBytes(999_949), '999.9 kB');
  equal(formatBytes(999_950), '1.0 MB');
});

test('beyond the last unit the number grows', () => {
  equal(formatBytes(12_345e15), '12,345.0 PB');
});

test('rates name what they count', () => {
  equal(formatRate(3.44, 'files'), '3.4 files/s');
  equal(formatRate(99.96, 'files'), '100 files/s');
  equal(formatRate(12_345.6, 'files'), '12,346 files/s');
  equal(formatByteRate(10_240_000), '10.2 MB/s');
});

test('counts are grouped, and one is singular', () => {
  equal(formatCount(1_234_567), '1,234,567');
  equal(formatCounted(0, 'error', 'errors'), '0 errors');
  equal(formatCounted(1, 'error', 'errors'), '1 error');
  equal(formatCounted(1000, 'error', 'errors'), '1,000 errors');
});

test('durations have two units at most', () => {
  equal(formatDuration(0), '0 s');
  equal(formatDuration(0.2), '1 s');
  equal(formatDuration(59), '59 s');
  equal(formatDuration(60), '1 min');
  equal(formatDuration(125), '2 min 5 s');
  equal(formatDuration(3 * 3600 + 1200 + 7), '3 h 20 min');
  equal(formatDuration(2 * 86_400 + 4 * 3600), '2 d 4 h');
  equal(formatDuration(1500 * 86_400), '1,500 d');
});
