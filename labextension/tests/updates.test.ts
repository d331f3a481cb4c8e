import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodeFrame } from '../src/frame.js';
import type { PlotUpdate } from '../src/plots/update.js';
import { WireError } from '../src/wire.js';
import { packFrame } from './frames.js';

const COMMON = { title: 'T', label: 'newest', total: 9, fresh: 1, settings: {} };

const IMAGE = {
  ...COMMON,
  kind: 'image',
  shape: [2, 6],
  sent: [1, 3],
  image: 1,
  range: [0, 5],
  x_range: [-0.5, 5.5],
  y_range: [-0.5, 1.5],
  origin: 'top',
  x_label: 'Column',
  y_label: 'Row',
  z_label: 'Counts',
  levels: [0, 5],
  histogram: { counts: 2, low: 0, high: 5 },
  statistics: { min: 0, max: null, masked: 3 },
  region: { bounds: [0, 0, 1, 1], statistics: { min: 1 } },
  cut: { axis: 'row', at: 1, x: 0, y: 1 }
};

const WATERFALL = {
  ...COMMON,
  kind: 'waterfall',
  x_label: 'Energy',
  z_label: 'Counts',
  capacity: 5,
  width: 3,
  x: 0,
  rows: 1,
  times: 3,
  labels: ['a'],
  first_serial: 9,
  levels: [0, 1],
  selected: null
};

const SERIES = {
  ...COMMON,
  kind: 'series',
  time_axis: true,
  curves: [{ name: 'a', unit: 'K', axis: 0, t: 0, y: 1, dropped: 2 }],
  axes: ['a (K)'],
  capacity: 100,
  ahead: [5]
};

const TABLE = { ...COMMON, kind: 'table', names: ['Item', 'a'], rows: [['x', '1']], capacity: 200 };

function read(plot: object): PlotUpdate | null {
  return decodeFrame(packFrame({ plot })).plot;
}

test('an image is read with all that is known of it', () => {
  const update = read(IMAGE);
  assert.ok(update?.kind === 'image' && update.picture !== null);
  const { picture } = update;
  assert.deepEqual([...picture.image], [4, 5, 6]);
  assert.deepEqual(picture.range, { low: 0, high: 5 });
  assert.equal(picture.fromTop, true);
  assert.equal(picture.statistics.max, null);
  assert.deepEqual(picture.region?.bounds, [0, 0, 1, 1]);
  assert.equal(picture.cut?.axis, 'row');
});

test('before the first image there is none', () => {
  const update = read({ ...COMMON, kind: 'image' });
  assert.ok(update?.kind === 'image');
  assert.equal(update.picture, null);
});

test('rows of a waterfall are read, and whether they start anew', () => {
  const update = read(WATERFALL);
  assert.ok(update?.kind === 'waterfall');
  assert.deepEqual([update.restarted, update.firstSerial, update.rows.length], [false, 9, 3]);
  const anew = read({ ...WATERFALL, restarted: true });
  assert.ok(anew?.kind === 'waterfall' && anew.restarted);
});

test('curves over time are read', () => {
  const update = read(SERIES);
  assert.ok(update?.kind === 'series');
  assert.deepEqual([...update.curves[0].t], [1, 2, 3]);
  assert.equal(update.curves[0].dropped, 2);
  assert.deepEqual(update.ahead, [5]);
});

test('rows of a table are read', () => {
  const update = read(TABLE);
  assert.ok(update?.kind === 'table');
  assert.deepEqual(update.rows, [['x', '1']]);
});

const REFUSED: [string, object][] = [
  ['an image of another size than it says', { ...IMAGE, sent: [2, 3] }],
  ['an image without levels', { ...IMAGE, levels: null }],
  ['a range of one number', { ...IMAGE, range: [0] }],
  ['a histogram that is not there', { ...IMAGE, histogram: null }],
  ['statistics that are texts', { ...IMAGE, statistics: { min: '0' } }],
  ['a region with three bounds', { ...IMAGE, region: { bounds: [0, 0, 1], statistics: {} } }],
  ['a cut along neither side', { ...IMAGE, cut: { axis: 'depth', at: 0, x: 0, y: 1 } }],
  ['rows of another width', { ...WATERFALL, width: 2 }],
  ['a label that is a number', { ...WATERFALL, labels: [1] }],
  ['a curve whose times are too few', { ...SERIES, curves: [{ ...SERIES.curves[0], y: 3 }] }],
  ['a curve on axis -1', { ...SERIES, curves: [{ ...SERIES.curves[0], axis: -1 }] }],
  ['a row that is a text', { ...TABLE, rows: ['x'] }],
  ['a cell that is a number', { ...TABLE, rows: [[1]] }]
];

for (const [name, plot] of REFUSED) {
  test(`${name} is refused`, () => {
    assert.throws(() => read(plot), WireError);
  });
}
