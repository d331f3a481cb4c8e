import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import type { ChannelListener } from '../src/channel.js';
import { Connection, type Line } from '../src/connection.js';

type Sent = Parameters<Line['send']>[0];

/** A channel whose other end is the test. */
class Wire implements Line {
  constructor(readonly kernel: ChannelListener) {}

  send(message: Sent): void {
    this.sent.push(message);
  }

  acknowledge(sequence: number): void {
    this.painted.push(sequence);
  }

  came(): void {
    // Which way frames come is no matter here.
  }

  close(): void {
    this.isClosed = true;
  }

  abandon(): void {
    this.isClosed = true;
  }

  /** What was said of a kind. */
  said(type: Sent['type']): Sent[] {
    return this.sent.filter(message => message.type === type);
  }

  isReachable = true;
  isClosed = false;
  readonly sent: Sent[] = [];
  readonly painted: number[] = [];
}

interface Bench {
  readonly connection: Connection;
  readonly wires: Wire[];
  readonly heard: string[];
  /** The newest channel. */
  readonly newest: () => Wire;
  /** Let time pass, in seconds, and whatever comes of it. */
  readonly pass: (seconds: number) => Promise<void>;
}

const FIGURE = { type: 'figure', kind: null, item: null, bokeh: '3.9.2' } as const;

async function bench(run: (bench: Bench) => Promise<void>): Promise<void> {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const wires: Wire[] = [];
  const heard: string[] = [];
  const connection = new Connection(
    listener => {
      const wire = new Wire(listener);
      wires.push(wire);
      return Promise.resolve(wire);
    },
    {
      received: message => heard.push(message.type),
      failed: () => heard.push('failed'),
      closed: () => heard.push('closed'),
      reopened: () => heard.push('reopened'),
      answered: () => heard.push('answered')
    }
  );
  try {
    await connection.open();
    await run({
      connection,
      wires,
      heard,
      newest: () => wires[wires.length - 1],
      pass: async seconds => {
        for (let second = 0; second < seconds; second++) {
          mock.timers.tick(1000);
          await Promise.resolve();
          await Promise.resolve();
        }
      }
    });
  } finally {
    connection.close();
    mock.timers.reset();
  }
}

test('where no figure comes it is asked for over another channel, ever more seldom', async () => {
  await bench(async ({ wires, heard, newest, pass }) => {
    await pass(9);
    assert.equal(wires.length, 1);
    await pass(1);
    assert.equal(wires.length, 2);
    assert.ok(wires[0].isClosed);
    await pass(19);
    assert.equal(wires.length, 2);
    await pass(1);
    assert.equal(wires.length, 3);
    assert.deepEqual(heard, ['reopened', 'reopened']);
    newest().kernel.received(FIGURE);
    assert.equal(heard.at(-1), 'figure');
    wires[0].kernel.received(FIGURE);
    assert.deepEqual(heard.slice(2), ['figure'], 'the first one is not listened to any more');
  });
});

test('a sign of life goes out now and then, and says whether frames are awaited', async () => {
  await bench(async ({ connection, wires, heard, newest, pass }) => {
    newest().kernel.received(FIGURE);
    await pass(20);
    assert.deepEqual(newest().said('alive'), [{ type: 'alive', ready: false }]);
    newest().kernel.received({ type: 'alive' });
    assert.equal(heard.at(-1), 'answered');
    connection.send({ type: 'ready', hold: null });
    await pass(20);
    assert.deepEqual(newest().said('alive').at(-1), { type: 'alive', ready: true });
    newest().kernel.received(FIGURE);
    await pass(20);
    assert.deepEqual(newest().said('alive').at(-1), { type: 'alive', ready: false });
    assert.equal(wires.length, 1);
  });
});

test('a sign of life without an answer opens another channel', async () => {
  await bench(async ({ wires, newest, pass }) => {
    newest().kernel.received(FIGURE);
    await pass(29);
    assert.equal(wires.length, 1);
    await pass(1);
    assert.equal(wires.length, 2);
    assert.deepEqual(newest().sent, [{ type: 'visible', visible: true }]);
  });
});

test('whatever comes is a sign that the kernel is there', async () => {
  await bench(async ({ wires, newest, pass }) => {
    newest().kernel.received(FIGURE);
    for (let beat = 0; beat < 5; beat++) {
      await pass(20);
      newest().kernel.received({ type: 'frame', bytes: new DataView(new ArrayBuffer(0)) });
    }
    assert.equal(wires.length, 1);
    assert.equal(newest().said('alive').length, 5);
  });
});

test('a view that was let go comes back at once when it is seen', async () => {
  await bench(async ({ wires, newest }) => {
    newest().kernel.received(FIGURE);
    newest().kernel.closed();
    await Promise.resolve();
    assert.equal(wires.length, 2);
  });
});

test('a hidden view that was let go comes back when it is seen again', async () => {
  await bench(async ({ connection, wires, heard, newest, pass }) => {
    newest().kernel.received(FIGURE);
    connection.show(false);
    await pass(20);
    assert.equal(newest().said('alive').length, 1, 'it is hidden, but there');
    newest().kernel.closed();
    await pass(3600);
    assert.equal(wires.length, 1);
    connection.show(true);
    assert.equal(wires.length, 2);
    assert.equal(heard.at(-1), 'reopened');
  });
});

test('a kernel that takes no view is left', async () => {
  await bench(async ({ connection, wires, heard, newest, pass }) => {
    newest().kernel.closed();
    assert.deepEqual(heard, ['closed']);
    connection.abandon();
    await pass(3600);
    assert.equal(wires.length, 1);
  });
});

test('a kernel that has known the view is asked again before it is left', async () => {
  await bench(async ({ wires, heard, newest, pass }) => {
    newest().kernel.received(FIGURE);
    newest().kernel.closed();
    await Promise.resolve();
    newest().kernel.closed();
    assert.equal(wires.length, 2);
    await pass(20);
    assert.equal(wires.length, 3);
    newest().kernel.received(FIGURE);
    newest().kernel.closed();
    await Promise.resolve();
    for (let refusal = 0; refusal < 3; refusal++) {
      newest().kernel.closed();
      await pass(100);
    }
    assert.equal(heard.at(-1), 'closed');
  });
});

test('while the socket is broken, nothing is said and nothing is given up', async () => {
  await bench(async ({ wires, newest, pass }) => {
    newest().kernel.received(FIGURE);
    await pass(20);
    newest().isReachable = false;
    await pass(3600);
    assert.equal(newest().said('alive').length, 1);
    newest().isReachable = true;
    newest().kernel.received({ type: 'alive' });
    await pass(20);
    assert.equal(newest().said('alive').length, 2);
    assert.equal(wires.length, 1);
  });
});

test('a channel that comes up when the view is gone is closed', async () => {
  let opened: (wire: Wire) => void = () => undefined;
  const wire = new Wire({ received: () => 0, failed: () => 0, closed: () => 0 });
  const connection = new Connection(() => new Promise(resolve => (opened = resolve)), {
    received: () => 0,
    failed: () => 0,
    closed: () => 0,
    reopened: () => 0,
    answered: () => 0
  });
  const opening = connection.open();
  connection.close();
  opened(wire);
  await opening;
  assert.ok(wire.isClosed);
  assert.deepEqual(wire.sent, []);
});
