import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  amended as amendedImage,
  type Cut,
  type ImageUpdate,
  type Picture,
  type Region
} from '../src/plots/image/update.js';
import { amended as amendedSpectra, type SpectrumUpdate } from '../src/plots/spectrum/update.js';
import { amended as amendedRows, type WaterfallUpdate } from '../src/plots/waterfall/update.js';

const FOLLOWED = { level_mode: 'continuous', percentiles: [1, 99], levels: null };
const LOCKED = { ...FOLLOWED, level_mode: 'locked', levels: [2, 3] };
const COLUMN = new Float32Array([1]);
const COMMON = { title: 'T', label: 'held', total: 1, fresh: 1, settings: FOLLOWED };
const NEWER = { label: 'newer', total: 2 };

const ROWS: WaterfallUpdate = {
  ...COMMON,
  kind: 'waterfall',
  xLabel: '',
  zLabel: '',
  capacity: 5,
  width: 1,
  x: COLUMN,
  rows: COLUMN,
  times: COLUMN,
  labels: ['held'],
  firstSerial: 1,
  restarted: false,
  levels: { low: 0, high: 1 },
  selected: null
};

const PICTURE: Picture = {
  shape: [1, 1],
  sent: [1, 1],
  image: COLUMN,
  range: null,
  xRange: [0, 1],
  yRange: [0, 1],
  xLabel: '',
  yLabel: '',
  zLabel: '',
  fromTop: true,
  levels: { low: 0, high: 1 },
  histogram: { counts: COLUMN, low: 0, high: 1 },
  statistics: { min: 1 },
  region: null,
  cut: null
};

const SPECTRA: SpectrumUpdate = {
  ...COMMON,
  kind: 'spectrum',
  settings: { reduction: 'none' },
  xLabel: '',
  yLabel: '',
  capacity: 5,
  spectra: [],
  traces: [],
  peaks: []
};

function image(changes: Partial<Picture>, settings = FOLLOWED): ImageUpdate {
  return { ...COMMON, kind: 'image', settings, picture: { ...PICTURE, ...changes } };
}

test('a held waterfall takes the row that was chosen, and nothing newer', () => {
  const selected = { label: 'chosen', x: COLUMN, y: COLUMN };
  const news = { ...ROWS, ...NEWER, firstSerial: 2, levels: { low: 0, high: 9 }, selected };
  assert.deepEqual(amendedRows(ROWS, news), { ...ROWS, selected });
});

test('a held waterfall takes levels that are found in another way', () => {
  const news = { ...ROWS, settings: LOCKED, levels: { low: 2, high: 3 } };
  assert.deepEqual(amendedRows(ROWS, news).levels, { low: 2, high: 3 });
});

test('a held image takes a region and a cut once, not those of every image', () => {
  const region: Region = { bounds: [0, 0, 1, 1], statistics: { min: 1 } };
  const cut: Cut = { axis: 'row', at: 1, x: COLUMN, y: COLUMN };
  const held = amendedImage(image({}), image({ region, cut, image: new Float32Array([5]) }));
  assert.deepEqual(held.picture, { ...PICTURE, region, cut });
  const later = { ...region, statistics: { min: 7 } };
  const next = image({ region: later, cut: { ...cut, y: new Float32Array([8]) } });
  assert.deepEqual(amendedImage(held, next).picture, { ...PICTURE, region, cut });
  assert.deepEqual(amendedImage(held, image({})).picture, PICTURE, 'both were cleared');
});

test('a held image takes levels that were asked for, not those of every image', () => {
  const levels = { low: 2, high: 3 };
  assert.deepEqual(amendedImage(image({}), image({ levels })).picture, PICTURE);
  const asked = amendedImage(image({}), image({ levels }, { ...FOLLOWED, level_mode: 'once' }));
  assert.deepEqual(asked.picture, { ...PICTURE, levels });
});

test('before the first image a held plot has none', () => {
  const none: ImageUpdate = { ...image({}), picture: null };
  assert.equal(amendedImage(none, image({})).picture, null);
});

test('held spectra are reduced anew only if it was asked for', () => {
  const traces = [{ role: 'reduction', name: 'mean', slot: 0, x: COLUMN, y: COLUMN }];
  const asked = { ...SPECTRA, ...NEWER, settings: { reduction: 'mean' }, traces };
  const held = amendedSpectra(SPECTRA, asked);
  assert.deepEqual(held, { ...SPECTRA, settings: { reduction: 'mean' }, traces });
  assert.equal(amendedSpectra(held, { ...asked, traces: [] }), held);
});
