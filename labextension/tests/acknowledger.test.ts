import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Acknowledger } from '../src/acknowledger.js';

function withClock(run: (acknowledger: Acknowledger, sent: number[]) => void): void {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const sent: number[] = [];
    run(new Acknowledger(sequence => sent.push(sequence)), sent);
  } finally {
    mock.timers.reset();
  }
}

test('the first frame is acknowledged at once', () => {
  withClock((acknowledger, sent) => {
    acknowledger.painted(1);
    assert.deepEqual(sent, [1]);
  });
});

test('frames within an interval are acknowledged together, the newest at its end', () => {
  withClock((acknowledger, sent) => {
    acknowledger.painted(1);
    acknowledger.painted(2);
    acknowledger.painted(3);
    mock.timers.tick(24);
    assert.deepEqual(sent, [1]);
    mock.timers.tick(1);
    assert.deepEqual(sent, [1, 3]);
  });
});

test('no acknowledgement comes sooner than an interval after the last', () => {
  withClock((acknowledger, sent) => {
    acknowledger.painted(1);
    acknowledger.painted(2);
    mock.timers.tick(25);
    acknowledger.painted(3);
    assert.deepEqual(sent, [1, 2]);
    mock.timers.tick(25);
    assert.deepEqual(sent, [1, 2, 3]);
  });
});

test('nothing is sent twice', () => {
  withClock((acknowledger, sent) => {
    acknowledger.painted(1);
    mock.timers.tick(100);
    assert.deepEqual(sent, [1]);
  });
});

test('after a stop nothing is sent', () => {
  withClock((acknowledger, sent) => {
    acknowledger.painted(1);
    acknowledger.painted(2);
    acknowledger.stop();
    mock.timers.tick(100);
    assert.deepEqual(sent, [1]);
  });
});
