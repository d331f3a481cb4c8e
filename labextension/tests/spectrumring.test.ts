import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SpectrumRing } from '../src/plots/spectrum/ring.js';
import { WireError } from '../src/wire.js';

const VALUES = new Float32Array([0]);

function update(capacity: number, ...serials: number[]) {
  const spectra = serials.map(serial => ({ serial, label: '', x: VALUES, y: VALUES }));
  return { capacity, spectra };
}

function serials(ring: SpectrumRing): number[] {
  return ring.spectra.map(spectrum => spectrum.serial);
}

test('the oldest spectra leave a full ring', () => {
  const ring = new SpectrumRing();
  ring.add(update(3, 1, 2));
  ring.add(update(3, 3, 4));
  assert.deepEqual(serials(ring), [2, 3, 4]);
});

test('more spectra than the ring takes leave the newest', () => {
  const ring = new SpectrumRing();
  ring.add(update(2, 1, 2, 3, 4, 5));
  assert.deepEqual(serials(ring), [4, 5]);
});

test('spectra are ordered by serial, and each is there once', () => {
  const ring = new SpectrumRing();
  ring.add(update(5, 4, 2));
  ring.add(update(5, 3, 4));
  assert.deepEqual(serials(ring), [2, 3, 4]);
});

test('a smaller capacity takes effect with the next update', () => {
  const ring = new SpectrumRing();
  ring.add(update(5, 1, 2, 3));
  ring.add(update(1));
  assert.deepEqual(serials(ring), [3]);
});

test('a spectrum without an axis has that of the one before', () => {
  const ring = new SpectrumRing();
  const sent = (serial: number, x: Float32Array<ArrayBuffer> | null) => ({
    capacity: 1,
    spectra: [{ serial, label: '', x, y: VALUES }]
  });
  ring.add(sent(1, VALUES));
  ring.add(sent(2, null));
  assert.equal(ring.spectra[0].x, VALUES);
  assert.throws(() => {
    ring.add(sent(3, new Float32Array(2)));
  }, WireError);
  ring.clear();
  assert.throws(() => {
    ring.add(sent(4, null));
  }, WireError);
});

test('a capacity of 0 keeps nothing', () => {
  const ring = new SpectrumRing();
  ring.add(update(0, 1, 2));
  assert.deepEqual(serials(ring), []);
});

test('clearing forgets all spectra', () => {
  const ring = new SpectrumRing();
  ring.add(update(3, 8));
  ring.clear();
  ring.add(update(3, 1));
  assert.deepEqual(serials(ring), [1]);
});

test('what was handed out does not change', () => {
  const ring = new SpectrumRing();
  ring.add(update(2, 1));
  const before = ring.spectra;
  ring.add(update(2, 2));
  assert.equal(before.length, 1);
  assert.notEqual(ring.spectra, before);
});
