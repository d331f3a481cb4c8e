import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import type { StreamRecord } from '../src/sidebar/api/records.js';
import type { Bounds } from '../src/sidebar/records/cursor.js';
import { Tail } from '../src/sidebar/records/tail.js';
import { places, range, record, settle, TestSocket } from './recordsamples.js';

interface Stage {
  readonly tail: Tail;
  readonly came: StreamRecord[];
  readonly sockets: TestSocket[];
  readonly asked: Bounds[];
}

async function stage(): Promise<Stage> {
  const sockets: TestSocket[] = [];
  const asked: Bounds[] = [];
  const came: StreamRecord[] = [];
  const tail = new Tail(
    from => {
      asked.push(from);
      sockets.push(new TestSocket());
      return Promise.resolve(sockets[sockets.length - 1]);
    },
    new Map([[0, 10]])
  );
  tail.came.connect((_, records) => came.push(...records));
  await settle();
  sockets[0].open();
  return { tail, came, sockets, asked };
}

function batch(sequence: number, begin: number, end: number) {
  return {
    type: 'records',
    sequence,
    records: range(begin, end).map(offset => record(0, offset))
  };
}

test('a batch is told, and acknowledged once it is painted', async () => {
  const { tail, came, sockets } = await stage();
  sockets[0].say(batch(1, 10, 12));
  assert.deepEqual(places(came), ['0:10', '0:11']);
  assert.deepEqual(sockets[0].sent, []);
  tail.painted();
  tail.painted();
  assert.deepEqual(sockets[0].sent, [{ type: 'ack', sequence: 1 }]);
});

test('while paused nothing is told or acknowledged, what waits is counted, and all of it comes', async () => {
  const { tail, came, sockets } = await stage();
  tail.pause();
  sockets[0].say(batch(1, 10, 13));
  sockets[0].say({ type: 'behind', records: 309 });
  tail.painted();
  assert.equal(tail.waiting, 312);
  assert.deepEqual(came, []);
  assert.deepEqual(sockets[0].sent, [{ type: 'pause' }]);
  tail.resume();
  assert.deepEqual(places(came), ['0:10', '0:11', '0:12']);
  tail.painted();
  assert.deepEqual(sockets[0].sent.slice(1), [{ type: 'resume' }, { type: 'ack', sequence: 1 }]);
});

test('a connection that breaks is made again behind what came, held records included', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { tail, came, sockets, asked } = await stage();
    sockets[0].say(batch(1, 10, 12));
    tail.pause();
    sockets[0].say(batch(2, 12, 14));
    sockets[0].break('the broker went away');
    assert.equal(tail.state, 'trouble');
    assert.equal(tail.reason, 'the broker went away');
    mock.timers.tick(500);
    await settle();
    assert.deepEqual(Object.fromEntries(asked[1]), { 0: 14 });
    sockets[1].open();
    assert.deepEqual(sockets[1].sent, [{ type: 'pause' }]);
    sockets[1].say(batch(1, 13, 15));
    tail.resume();
    assert.deepEqual(places(came), ['0:10', '0:11', '0:12', '0:13', '0:14']);
  } finally {
    mock.timers.reset();
  }
});

test('the wait for another connection doubles, and is short again after one', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { sockets } = await stage();
    sockets[0].break();
    mock.timers.tick(500);
    await settle();
    sockets[1].break();
    mock.timers.tick(500);
    await settle();
    assert.equal(sockets.length, 2);
    mock.timers.tick(500);
    await settle();
    assert.equal(sockets.length, 3);
    sockets[2].open();
    sockets[2].break();
    mock.timers.tick(500);
    await settle();
    assert.equal(sockets.length, 4);
  } finally {
    mock.timers.reset();
  }
});

test('what was told is known while what is held is not', async () => {
  const { tail, sockets } = await stage();
  sockets[0].say(batch(1, 10, 12));
  tail.pause();
  sockets[0].say(batch(2, 12, 14));
  assert.deepEqual(Object.fromEntries(tail.told), { 0: 12 });
});

test('a tail that was stopped says no more', async () => {
  const { tail, came, sockets } = await stage();
  tail.stop();
  assert.ok(sockets[0].isClosed);
  sockets[0].say(batch(1, 10, 12));
  sockets[0].break();
  assert.deepEqual(came, []);
  assert.equal(tail.state, 'connecting');
});
