import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Crosshair, type Place } from '../src/plots/crosshairs.js';
import { nearest } from '../src/plots/nearest.js';
import { fileName } from '../src/plots/saving.js';
import { Curve, firstFrom } from '../src/plots/series/curve.js';
import { WaterfallRows } from '../src/plots/waterfall/rows.js';
import type { WaterfallUpdate } from '../src/plots/waterfall/update.js';

function news(values: readonly number[], dropped = 0) {
  const t = Float64Array.from(values);
  return { name: 'a', unit: 'K', axis: 0, t, y: t, dropped };
}

function rows(firstSerial: number, count: number, capacity = 4, width = 2): WaterfallUpdate {
  const values = Array.from({ length: count }, (_, index) => firstSerial + index);
  return {
    ...{ kind: 'waterfall', title: '', label: '', total: 0, fresh: 0, settings: {} },
    ...{ xLabel: '', zLabel: '', restarted: false, selected: null, levels: { low: 0, high: 1 } },
    ...{ capacity, width, firstSerial },
    x: new Float32Array(width),
    rows: Float32Array.from(values.flatMap(value => Array<number>(width).fill(value))),
    times: Float64Array.from(values),
    labels: values.map(String)
  };
}

function row(held: WaterfallRows, serial: number): number[] {
  const slot = held.slot(serial);
  return [...held.values.subarray(slot * held.width, (slot + 1) * held.width)];
}

test('a curve keeps its newest points', () => {
  const curve = new Curve('a', 'K', 0);
  curve.add(news([1, 2, 3]), 4);
  curve.add(news([4, 5]), 4);
  assert.deepEqual([...curve.t], [2, 3, 4, 5]);
});

test('a curve forgets what the kernel has dropped, and more is no harm', () => {
  const curve = new Curve('a', 'K', 0);
  curve.add(news([1, 2, 3]), 100);
  curve.add(news([4], 2), 100);
  assert.deepEqual([...curve.y], [3, 4]);
  curve.add(news([9], 77), 100);
  assert.deepEqual([...curve.y], [9]);
});

test('a curve that goes on for long holds no more than it keeps', () => {
  const curve = new Curve('a', 'K', 0);
  for (let n = 0; n < 10_000; n += 1) {
    curve.add(news([n]), 100);
  }
  assert.equal(curve.length, 100);
  assert.deepEqual([curve.t[0], curve.t[99]], [9900, 9999]);
});

test('times are found by halves', () => {
  const times = Float64Array.from([1, 3, 3, 8]);
  assert.deepEqual(
    [0, 1, 2, 3, 8, 9].map(time => firstFrom(times, time)),
    [0, 0, 1, 1, 3, 4]
  );
});

test('rows of a waterfall keep their serials when the oldest leave', () => {
  const held = new WaterfallRows();
  held.add(rows(1, 3));
  held.add(rows(4, 3));
  assert.deepEqual([held.first, held.end], [3, 7]);
  assert.deepEqual(row(held, 3), [3, 3]);
  assert.deepEqual(row(held, 6), [6, 6]);
});

test('more rows than a waterfall holds leave the newest', () => {
  const held = new WaterfallRows();
  assert.deepEqual(held.add(rows(1, 9)), { first: 6, end: 10 });
  assert.deepEqual([held.first, held.end], [6, 10]);
  assert.deepEqual(row(held, 9), [9, 9]);
});

test('another axis empties a waterfall', () => {
  const held = new WaterfallRows();
  held.add(rows(1, 3));
  held.add(rows(4, 1, 4, 3));
  assert.deepEqual([held.first, held.end], [4, 5]);
});

test('after a clearing a waterfall begins with the next row', () => {
  const held = new WaterfallRows();
  held.add(rows(1, 3));
  held.clear();
  held.add(rows(10, 2));
  assert.deepEqual([held.first, held.end], [10, 12]);
});

test('the nearest value is found, and none among no numbers', () => {
  assert.equal(nearest([1, 5, NaN, 9], 6), 1);
  assert.equal(nearest([NaN], 6), -1);
});

test('crosshairs move together where axes mean the same', () => {
  const seen: (Place | null)[] = [];
  const here = new Crosshair(() => assert.fail('told of its own'));
  const there = new Crosshair(place => seen.push(place));
  const elsewhere = new Crosshair(() => assert.fail('means something else'));
  here.join('Energy (eV)');
  there.join('Energy (eV)');
  elsewhere.join('Time');
  here.point({ x: 3, y: null });
  there.leave();
  here.point({ x: 4, y: null });
  assert.deepEqual(seen, [{ x: 3, y: null }]);
});

test('a title becomes a file name on every system', () => {
  assert.equal(fileName('Fe/foil: \u03b1 <1>', 'png'), 'Fe_foil_\u03b1_1.png');
  assert.equal(fileName('../..', 'svg'), 'plot.svg');
});
