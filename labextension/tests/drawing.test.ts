import assert from 'node:assert/strict';
import { test } from 'node:test';

import { colours, cssColour } from '../src/plots/drawing/colourmaps.js';
import { colourSteps, colourValues } from '../src/plots/drawing/levels.js';
import { envelopeOf, type Line } from '../src/plots/drawing/envelope.js';
import { fillBetween, type Pen, strokeLine } from '../src/plots/drawing/lines.js';
import { packed, Veil } from '../src/plots/drawing/veil.js';

const SAME = { x: (value: number) => value, y: (value: number) => value };

/** Takes down where a pen goes. */
function recorder(): { pen: Pen; path: string[] } {
  const path: string[] = [];
  const note =
    (name: string) =>
    (...place: number[]): void => {
      path.push([name, ...place].join(' '));
    };
  const pen = { moveTo: note('M'), lineTo: note('L') };
  const nothing = (): void => undefined;
  const rest = { beginPath: nothing, stroke: nothing, fill: nothing, closePath: note('Z') };
  return { pen: { ...pen, ...rest } as unknown as Pen, path };
}

function envelope(line: Line, columns: number) {
  return envelopeOf(line, SAME, columns);
}

function opacity(veil: Veil, column: number, row: number): number {
  return veil.pixels[row * veil.width + column] >>> 24;
}

test('a line goes through its points', () => {
  const { pen, path } = recorder();
  strokeLine(pen, [0, 10, 20], [5, 6, 7], SAME);
  assert.deepEqual(path, ['M 0 5', 'L 10 6', 'L 20 7']);
});

test('a value that is no number leaves a gap', () => {
  const { pen, path } = recorder();
  strokeLine(pen, [0, 10, 20, 30], [5, NaN, 7, 8], SAME);
  assert.deepEqual(path, ['M 0 5', 'M 20 7', 'L 30 8']);
});

test('of the points in a column the extremes are kept', () => {
  const { pen, path } = recorder();
  strokeLine(pen, [0, 0.1, 0.2, 0.3, 5], [5, 9, 1, 6, 4], SAME);
  assert.deepEqual(path, ['M 0 5', 'L 0 1', 'L 0 9', 'L 0 6', 'L 5 4']);
});

test('a band with a gap is two bands', () => {
  const { pen, path } = recorder();
  fillBetween(pen, [0, 1, 2, 3], [0, 0, NaN, 0], [1, 1, 1, 1], SAME);
  assert.deepEqual(path, ['M 0 1', 'L 1 1', 'L 1 0', 'L 0 0', 'Z', 'M 3 1', 'L 3 0', 'Z']);
});

test('a veil covers what lies between the extremes of a column', () => {
  const veil = new Veil(4, 10);
  veil.add(envelope({ x: [0.5, 0.5, 3.5], y: [2, 7, 7] }, 4), 1, 1);
  assert.ok(opacity(veil, 0, 4) === 255);
  assert.equal(opacity(veil, 0, 0), 0);
  assert.ok(opacity(veil, 2, 7) > 0);
  assert.equal(opacity(veil, 2, 4), 0);
});

test('lines of a veil add up', () => {
  const veil = new Veil(2, 4);
  const line = envelope({ x: [0, 2], y: [2, 2] }, 2);
  veil.add(line, 0.4, 2);
  const one = opacity(veil, 0, 1);
  veil.add(line, 0.4, 2);
  assert.ok(opacity(veil, 0, 1) > one && opacity(veil, 0, 1) < 2 * one);
});

test('a line of another colour hides the others by as much as it covers', () => {
  const veil = new Veil(1, 3);
  const line = envelope({ x: [0, 1], y: [1.5, 1.5] }, 1);
  veil.clear(0x0000ff);
  veil.add(line, 0.5, 3);
  veil.over(line, 0xff0000, 1, 1);
  assert.deepEqual(
    [...veil.pixels].map(pixel => pixel.toString(16)),
    ['800000ff', 'ffff0000', '800000ff']
  );
  veil.over(line, 0x00ff00, 0.5, 1);
  assert.equal(veil.pixels[1].toString(16), 'ff808000');
});

test('what is beyond a veil, or no number, leaves it alone', () => {
  const veil = new Veil(3, 3);
  veil.add(envelope({ x: [-9, 90, NaN, 1], y: [-50, -50, 1, NaN] }, 3), 1, 1);
  assert.ok(veil.pixels.every(pixel => pixel === 0));
});

test('colours of the page are read with their opacity', () => {
  assert.deepEqual(packed('rgb(1, 2, 3)'), [0x030201, 1]);
  assert.deepEqual(packed('rgba(255, 0, 0, 0.5)'), [0x0000ff, 0.5]);
});

test('a colour map goes from its first colour to its last', () => {
  const grey = colours('Grey');
  assert.equal(grey.length, 256);
  assert.equal(cssColour(grey[0]), 'rgb(0, 0, 0)');
  assert.equal(cssColour(grey[255]), 'rgb(255, 255, 255)');
  assert.equal(cssColour(colours('Viridis')[0]), 'rgb(68, 1, 84)');
});

test('values beyond the levels get the end colours, and none for no value', () => {
  const grey = colours('Grey');
  const pixels = new Uint32Array(4);
  colourValues([-5, 10, 99, NaN], { low: 0, high: 20 }, grey, pixels);
  assert.deepEqual([...pixels], [grey[0], grey[128], grey[255], 0]);
});

test('quantised values are coloured by the levels of now', () => {
  const grey = colours('Grey');
  const pixels = new Uint32Array(3);
  const range = { low: 0, high: 254 };
  colourSteps(new Uint8Array([0, 1, 255]), range, range, grey, pixels);
  assert.deepEqual([...pixels], [0, grey[0], grey[255]]);
  colourSteps(new Uint8Array([0, 1, 255]), range, { low: 254, high: 508 }, grey, pixels);
  assert.deepEqual([...pixels], [0, grey[0], grey[0]]);
});
