import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodeFrame } from '../src/frame.js';
import { WireError } from '../src/wire.js';
import type { SpectrumUpdate } from '../src/plots/spectrum/update.js';
import { CARD, packFrame, SPECTRA } from './frames.js';

function spectra(changes: object = {}): SpectrumUpdate {
  const { plot } = decodeFrame(packFrame({ plot: SPECTRA, ...changes }));
  assert.ok(plot?.kind === 'spectrum');
  return plot;
}

test('a frame is read with its card, its texts and its spectra', () => {
  const frame = decodeFrame(packFrame({ plot: SPECTRA }));
  assert.equal(frame.sequence, 7);
  assert.equal(frame.reset, true);
  assert.equal(frame.transport, 'comm');
  assert.equal(frame.problems?.[0].title, 'no chunk');
  assert.ok(frame.card);
  assert.equal(frame.card.name, 'spectra');
  assert.equal(frame.card.filesPerSecond, 3.5);
  assert.deepEqual(frame.card.filesInProgress, [{ path: 'a/c.xdi', received: 10, total: null }]);
  assert.ok(frame.plot?.kind === 'spectrum');
  assert.equal(frame.plot.xLabel, 'Energy (eV)');
  assert.deepEqual([frame.plot.total, frame.plot.fresh, frame.plot.label], [4, 2, 'fourth']);
  const [first, second] = frame.plot.spectra;
  assert.deepEqual([first.serial, second.serial], [3, 4]);
  assert.ok(second.x instanceof Float64Array);
  assert.deepEqual([...second.x], [1, 2, 3]);
  assert.deepEqual([...second.y], [7, 8, 9]);
  assert.ok(second.y instanceof Float32Array);
});

test('spectra may share their axis', () => {
  const [first, second] = spectra().spectra;
  assert.equal(first.x, second.x);
});

test('a spectrum may come without its axis', () => {
  const plot = { ...SPECTRA, spectra: [{ serial: 5, label: 'fifth', x: null, y: 1 }] };
  const update = decodeFrame(packFrame({ plot })).plot;
  assert.ok(update?.kind === 'spectrum');
  assert.equal(update.spectra[0].x, null);
});

test('a frame may be a card alone, or a plot without one', () => {
  assert.equal(decodeFrame(packFrame({ plot: null })).plot, null);
  const unchanged = decodeFrame(packFrame({ card: null, problems: null, plot: SPECTRA }));
  assert.deepEqual([unchanged.card, unchanged.problems], [null, null]);
});

test('a frame is read wherever it lies in its buffer', () => {
  const bytes = packFrame({ plot: SPECTRA });
  for (let shift = 0; shift < 9; shift += 1) {
    const moved = new Uint8Array(bytes.byteLength + shift);
    moved.set(new Uint8Array(bytes.buffer), shift);
    const { plot } = decodeFrame(new DataView(moved.buffer, shift));
    assert.ok(plot?.kind === 'spectrum');
    assert.deepEqual([...plot.spectra[0].y], [4, 5, 6]);
  }
});

test('texts beyond ASCII are read, and the data still found', () => {
  const card = { ...CARD, name: 'späktra-µ-光' };
  const frame = decodeFrame(packFrame({ card, plot: SPECTRA }));
  assert.equal(frame.card?.name, 'späktra-µ-光');
  assert.deepEqual([...spectra({ card }).spectra[0].y], [4, 5, 6]);
});

test('a frame that is cut anywhere is refused', () => {
  const bytes = packFrame({ plot: SPECTRA });
  for (let length = 0; length < bytes.byteLength; length += 1) {
    assert.throws(() => decodeFrame(new DataView(bytes.buffer, 0, length)), WireError);
  }
});

const REFUSED: [string, object][] = [
  ['a negative sequence', { sequence: -1 }],
  ['a sequence with a fraction', { sequence: 1.5 }],
  ['a reset that is no boolean', { reset: 1 }],
  ['a missing card', { card: undefined }],
  ['an unknown kind of job', { card: { ...CARD, kind: 'dance' } }],
  ['a total that is a text', { card: { ...CARD, files_total: '3' } }],
  ['an unknown state', { card: { ...CARD, state: 'sleeping' } }],
  ['a rate that is a text', { card: { ...CARD, files_per_second: '3' } }],
  ['problems that are no list', { problems: {} }],
  ['a problem without a title', { problems: [{ detail: '', count: 1 }] }],
  ['files in progress without a size', { card: { ...CARD, files_in_progress: [{ path: '' }] } }],
  ['a plot of an unknown kind', { plot: { ...SPECTRA, kind: 'pie' } }],
  ['a plot without settings', { plot: { ...SPECTRA, settings: null } }],
  ['a trace without a role', { plot: { ...SPECTRA, traces: [spectrum({ name: '' })] } }],
  ['a plot that is a list', { plot: [] }],
  ['a column that is not there', { plot: { ...SPECTRA, spectra: [spectrum({ y: 9 })] } }],
  ['a column before the first', { plot: { ...SPECTRA, spectra: [spectrum({ y: -1 })] } }],
  ['columns of different lengths', { plot: { ...SPECTRA, spectra: [spectrum({ y: 3 })] } }],
  ['an unknown dtype', { columns: [{ dtype: '<c16', shape: [1], offset: 0 }] }],
  ['a big-endian dtype', { columns: [{ dtype: '>f8', shape: [1], offset: 0 }] }],
  ['a column of two dimensions', { columns: [{ dtype: '<f4', shape: [2, 2], offset: 0 }] }],
  ['a column beyond the end', { columns: [{ dtype: '<f8', shape: [1000], offset: 0 }] }],
  ['a column of absurd length', { columns: [{ dtype: '<f8', shape: [2 ** 60], offset: 0 }] }],
  ['a column before the data', { columns: [{ dtype: '<f8', shape: [1], offset: -8 }] }],
  ['a column between two items', { columns: [{ dtype: '<f8', shape: [1], offset: 4 }] }]
];

function spectrum(changes: object): object {
  return { serial: 1, label: '', x: 0, y: 1, ...changes };
}

for (const [name, changes] of REFUSED) {
  test(`${name} is refused`, () => {
    assert.throws(() => decodeFrame(packFrame({ plot: SPECTRA, ...changes })), WireError);
  });
}
