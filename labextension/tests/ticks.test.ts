import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  formatReading,
  formatValue,
  linearTicks,
  logTicks,
  symlogTicks,
  type Tick
} from '../src/plots/drawing/ticks.js';
import { formatTime, timeTicks } from '../src/plots/drawing/timeticks.js';

function labels(ticks: readonly Tick[]): string[] {
  return ticks.map(tick => tick.label);
}

test('ticks stand at round values', () => {
  assert.deepEqual(labels(linearTicks({ low: 0, high: 1 }, 5)), [
    '0.0',
    '0.2',
    '0.4',
    '0.6',
    '0.8',
    '1.0'
  ]);
  assert.deepEqual(labels(linearTicks({ low: -130, high: 260 }, 4)), [
    '\u2212100',
    '0',
    '100',
    '200'
  ]);
});

test('very large and very small values share a power of ten', () => {
  assert.deepEqual(labels(linearTicks({ low: 0, high: 2e6 }, 4)), [
    '0.0',
    '0.5\u00d710\u2076',
    '1.0\u00d710\u2076',
    '1.5\u00d710\u2076',
    '2.0\u00d710\u2076'
  ]);
  assert.deepEqual(labels(linearTicks({ low: 0, high: 2e-6 }, 2)), [
    '0',
    '1\u00d710\u207b\u2076',
    '2\u00d710\u207b\u2076'
  ]);
});

test('ticks of a small range far from zero can be told apart', () => {
  const found = labels(linearTicks({ low: 7112.001, high: 7112.004 }, 3));
  assert.equal(new Set(found).size, found.length);
});

test('logarithmic ticks are powers of ten', () => {
  assert.deepEqual(labels(logTicks({ low: 0.5, high: 20_000 }, 8)), [
    '1',
    '10',
    '100',
    '1000',
    '10000'
  ]);
});

test('many decades are thinned', () => {
  assert.ok(logTicks({ low: 1e-30, high: 1e30 }, 6).length <= 7);
});

test('within a decade there are ticks too', () => {
  assert.ok(logTicks({ low: 200, high: 800 }, 4).length >= 2);
});

test('a symlog axis has zero and both sides', () => {
  assert.deepEqual(labels(symlogTicks({ low: -1000, high: 100 }, 8, 1)), [
    '\u22121000',
    '\u2212100',
    '\u221210',
    '\u22121',
    '0',
    '1',
    '10',
    '100'
  ]);
});

test('values are written as precisely as asked', () => {
  assert.equal(formatValue(7112.345, 0.1), '7112.3');
  assert.equal(formatValue(-3, 1), '\u22123');
  assert.equal(formatValue(1.23e9, 1e7), '1.23\u00d710\u2079');
  assert.equal(formatValue(NaN, 1), '\u2013');
  assert.equal(formatValue(0, 0), '0');
});

test('times have ticks at round times of day', () => {
  const noon = new Date(2026, 0, 5, 12, 0, 3).getTime() / 1000;
  assert.deepEqual(labels(timeTicks({ low: noon, high: noon + 60 }, 4)), [
    '12:00:15',
    '12:00:30',
    '12:00:45',
    '12:01:00'
  ]);
});

test('long ranges tell the day', () => {
  const noon = new Date(2026, 0, 5, 12).getTime() / 1000;
  assert.deepEqual(labels(timeTicks({ low: noon, high: noon + 2 * 86_400 }, 2)), [
    '2026-01-06',
    '2026-01-07'
  ]);
});

test('times are written as precisely as asked', () => {
  const time = new Date(2026, 0, 5, 9, 8, 7, 654).getTime() / 1000;
  assert.equal(formatTime(time, 60), '09:08');
  assert.equal(formatTime(time, 1), '09:08:07');
  assert.equal(formatTime(time, 0.1), '09:08:07.6');
  assert.equal(formatTime(time, 0.001), '09:08:07.654');
});

test('readings have no zeros that tell nothing', () => {
  assert.equal(formatReading(391), '391');
  assert.equal(formatReading(0.25), '0.25');
  assert.equal(formatReading(120_000), '120000');
  assert.equal(formatReading(2e9), '2\u00d710\u2079');
  assert.equal(formatReading(1.5e-7), '1.5\u00d710\u207b\u2077');
});
