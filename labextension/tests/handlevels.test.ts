import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { HandLevels } from '../src/plots/controls/handlevels.js';
import type { Interval } from '../src/plots/drawing/interval.js';

const FOUND = { low: 0, high: 10 };
const CHOSEN = { low: 2, high: 3 };
const FOLLOWED = { level_mode: 'continuous', percentiles: [1, 99], levels: null };
const LOCKED = { level_mode: 'locked', percentiles: [1, 99], levels: [2, 3] };

function withClock(run: (levels: HandLevels, told: Interval[]) => void): void {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const told: Interval[] = [];
    const levels = new HandLevels(chosen => told.push(chosen));
    levels.settle(FOLLOWED);
    run(levels, told);
  } finally {
    mock.timers.reset();
  }
}

test('levels by hand are used at once, and told once they rest', () => {
  withClock((levels, told) => {
    levels.choose({ low: 5, high: 1 });
    assert.deepEqual(levels.used(FOUND), { low: 1, high: 5 });
    mock.timers.tick(200);
    levels.choose(CHOSEN);
    mock.timers.tick(200);
    assert.deepEqual(told, []);
    mock.timers.tick(50);
    assert.deepEqual(told, [CHOSEN]);
  });
});

test('they stay until the kernel answers, whatever was on its way', () => {
  withClock(levels => {
    levels.choose(CHOSEN);
    levels.settle({ ...FOLLOWED, level_mode: 'once' });
    assert.deepEqual(levels.used(FOUND), CHOSEN, 'not told yet');
    levels.settle(FOLLOWED);
    mock.timers.tick(250);
    levels.settle(FOLLOWED);
    assert.deepEqual(levels.used(FOUND), CHOSEN, 'not answered yet');
    levels.settle(LOCKED);
    assert.deepEqual(levels.used(FOUND), FOUND);
  });
});

test('what another page sets afterwards wins', () => {
  withClock(levels => {
    levels.choose(CHOSEN);
    mock.timers.tick(250);
    levels.settle({ ...LOCKED, levels: [7, 8] });
    assert.deepEqual(levels.used(FOUND), FOUND);
  });
});

test('the same levels again are settled by the same settings', () => {
  withClock(levels => {
    levels.settle(LOCKED);
    levels.choose(CHOSEN);
    mock.timers.tick(250);
    levels.settle(LOCKED);
    assert.deepEqual(levels.used(FOUND), FOUND);
  });
});

test('forgotten levels are neither used nor told', () => {
  withClock((levels, told) => {
    levels.choose(CHOSEN);
    levels.forget();
    mock.timers.tick(1000);
    assert.deepEqual(levels.used(FOUND), FOUND);
    assert.deepEqual(told, []);
  });
});
