import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { longestSide, SentSize } from '../src/plots/image/sentsize.js';

test('an image is asked for as large as the screen shows it, never smaller', () => {
  const square = (own: number, onScreen: number) =>
    longestSide([
      { own, onScreen },
      { own, onScreen }
    ]);
  assert.equal(square(2048, 500), 512);
  assert.equal(square(2048, 700), 1024);
  assert.equal(square(512, 384), 512);
  assert.equal(square(512, 9000), 512, 'a small image is not enlarged');
  assert.equal(square(4096, 9000), 2048, 'one that is zoomed into has a limit');
  assert.equal(square(4, 0), 16);
});

test('the side that needs more decides', () => {
  const sides = [
    { own: 2000, onScreen: 400 },
    { own: 1000, onScreen: 800 }
  ];
  assert.equal(longestSide(sides), 1000);
});

test('the kernel is told once a size has stayed for a moment', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const told: number[] = [];
  const size = new SentSize(side => told.push(side));
  size.need(512);
  mock.timers.tick(100);
  size.need(1024);
  size.need(1024);
  mock.timers.tick(249);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.deepEqual(told, [1024]);
  size.need(1024);
  size.need(64);
  size.stop();
  mock.timers.tick(1000);
  assert.deepEqual(told, [1024]);
  mock.timers.reset();
});
