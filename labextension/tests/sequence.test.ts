import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FrameSequence } from '../src/sequence.js';

function frame(sequence: number, reset = false): { sequence: number; reset: boolean } {
  return { sequence, reset };
}

test('frames one after another are used', () => {
  const order = new FrameSequence();
  assert.equal(order.judge(frame(5, true)), 'use');
  assert.equal(order.judge(frame(6)), 'use');
  assert.equal(order.judge(frame(7)), 'use');
});

test('before the first full state nothing is used', () => {
  const order = new FrameSequence();
  assert.equal(order.judge(frame(1)), 'leave');
});

test('a gap asks for everything once, and leaves the rest until it comes', () => {
  const order = new FrameSequence();
  order.judge(frame(1, true));
  assert.equal(order.judge(frame(3)), 'ask');
  assert.equal(order.judge(frame(4)), 'leave');
  assert.equal(order.judge(frame(5, true)), 'use');
  assert.equal(order.judge(frame(6)), 'use');
});

test('frames that were overtaken on another way are left, and make no gap', () => {
  const order = new FrameSequence();
  order.judge(frame(1, true));
  order.judge(frame(2));
  assert.equal(order.judge(frame(5, true)), 'use');
  assert.equal(order.judge(frame(3)), 'leave');
  assert.equal(order.judge(frame(4, true)), 'leave');
  assert.equal(order.judge(frame(6)), 'use');
});

test('a full state that was overtaken is left, also while one is awaited', () => {
  const order = new FrameSequence();
  order.judge(frame(5, true));
  order.restart();
  assert.equal(order.judge(frame(4, true)), 'leave');
  assert.equal(order.judge(frame(6, true)), 'use');
});

test('after a restart the frames under way are left', () => {
  const order = new FrameSequence();
  order.judge(frame(1, true));
  order.restart();
  assert.equal(order.judge(frame(2)), 'leave');
  assert.equal(order.judge(frame(3, true)), 'use');
});
