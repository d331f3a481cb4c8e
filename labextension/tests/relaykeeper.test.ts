import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import type { RelayedKernel } from '../src/relay.js';
import { RelayKeeper } from '../src/relaykeeper.js';

/** A WebSocket whose other end is the test. */
class Socket {
  static opened: Socket[] = [];

  constructor(readonly url: string) {
    Socket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  binaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  readonly sent: string[] = [];
}

interface Bench {
  readonly keeper: RelayKeeper;
  readonly asked: () => number;
  readonly lost: () => number;
  readonly frames: DataView[];
}

let servers = 0;

function kernelOf(settings: Partial<RelayedKernel['serverSettings']> = {}): RelayedKernel {
  servers += 1;
  return {
    id: 'kernel-1',
    serverSettings: {
      wsUrl: `ws://localhost:${servers}/base/`,
      token: '',
      appendToken: false,
      WebSocket: Socket as unknown as typeof WebSocket,
      ...settings
    }
  };
}

function bench(kernel = kernelOf()): Bench {
  let asked = 0;
  let lost = 0;
  const frames: DataView[] = [];
  const keeper = new RelayKeeper(kernel, {
    ask: () => (asked += 1),
    frame: bytes => frames.push(bytes),
    lost: () => (lost += 1)
  });
  Socket.opened = [];
  return { keeper, asked: () => asked, lost: () => lost, frames };
}

function newest(): Socket {
  const socket = Socket.opened.at(-1);
  assert.ok(socket);
  return socket;
}

/** Let the server take the newest relay, and the kernel too. */
function accept(): void {
  newest().onopen?.();
  newest().onmessage?.({ data: '{"type": "open"}' });
}

function withClock(run: () => void): void {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    run();
  } finally {
    mock.timers.reset();
  }
}

test('the ticket goes in the first message, not in the address', () => {
  const { keeper } = bench();
  keeper.open('secret');
  const socket = newest();
  assert.ok(socket.url.endsWith('/base/jupyter-stream/api/relay'), socket.url);
  socket.onopen?.();
  assert.deepEqual(socket.sent, ['{"kernel":"kernel-1","ticket":"secret"}']);
});

test("Jupyter's token goes where the front end's other sockets have it", () => {
  bench(kernelOf({ token: 'a&b', appendToken: true })).keeper.open('secret');
  assert.ok(newest().url.endsWith('/relay?token=a%26b'), newest().url);
  bench(kernelOf({ token: 'a', appendToken: false })).keeper.open('secret');
  assert.ok(newest().url.endsWith('/relay'), newest().url);
});

test('it is open when the kernel is at the other end, not before', () => {
  const { keeper, frames } = bench();
  keeper.open('secret');
  assert.equal(keeper.isOpen, false);
  newest().onopen?.();
  assert.equal(keeper.isOpen, false);
  newest().onmessage?.({ data: '{"type": "open"}' });
  assert.equal(keeper.isOpen, true);
  newest().onmessage?.({ data: new ArrayBuffer(8) });
  assert.equal(frames.length, 1);
});

test('a kernel without a relay is asked no more', () => {
  withClock(() => {
    const { keeper, asked } = bench();
    keeper.ask();
    keeper.open(null);
    mock.timers.tick(100_000);
    assert.equal(asked(), 1);
    assert.equal(Socket.opened.length, 0);
  });
});

test('a server without the route is tried once, by all views of a page together', () => {
  withClock(() => {
    const kernel = kernelOf();
    const { keeper, asked, lost } = bench(kernel);
    keeper.ask();
    keeper.open('secret');
    newest().onclose?.();
    mock.timers.tick(100_000);
    assert.equal(asked(), 1);
    assert.equal(lost(), 0);
    const other = bench(kernel);
    other.keeper.ask();
    assert.equal(other.asked(), 0);
  });
});

test('a relay that is lost is opened again with a fresh ticket', () => {
  withClock(() => {
    const { keeper, asked, lost } = bench();
    keeper.ask();
    keeper.open('first');
    accept();
    newest().onclose?.();
    assert.equal(keeper.isOpen, false);
    assert.equal(lost(), 1);
    mock.timers.tick(1000);
    assert.equal(asked(), 2);
    keeper.open('second');
    accept();
    assert.equal(keeper.isOpen, true);
    assert.match(newest().sent[0], /second/);
  });
});

test('a relay that is refused again and again is left', () => {
  withClock(() => {
    const { keeper, asked, lost } = bench();
    keeper.ask();
    for (let attempt = 0; attempt < 10; attempt++) {
      keeper.open('secret');
      newest().onopen?.();
      newest().onclose?.();
      mock.timers.tick(100_000);
      if (asked() < attempt + 2) {
        break;
      }
    }
    assert.equal(asked(), 4);
    assert.equal(lost(), 0, 'what was never open is not lost');
  });
});

test('a newer frame over the comm tells that the kernel has left the relay', () => {
  withClock(() => {
    const { keeper, asked, lost } = bench();
    keeper.open('first');
    accept();
    const socket = newest();
    keeper.brought(7);
    keeper.passed(6);
    assert.equal(keeper.isOpen, true, 'a frame of before was late');
    keeper.passed(8);
    assert.deepEqual([keeper.isOpen, socket.closed, lost()], [false, true, 1]);
    mock.timers.tick(1000);
    assert.equal(asked(), 1);
    keeper.open('second');
    accept();
    keeper.passed(9);
    assert.equal(keeper.isOpen, true, 'it was sent before this relay was open');
  });
});

test('a relay that brings nothing is left once frames come over the comm after a while', () => {
  withClock(() => {
    let now = 0;
    const clock = mock.method(performance, 'now', () => now);
    const { keeper, lost } = bench();
    keeper.open('secret');
    accept();
    now = 1000;
    keeper.passed(3);
    assert.equal(keeper.isOpen, true);
    now = 5000;
    keeper.passed(4);
    assert.deepEqual([keeper.isOpen, lost()], [false, 1]);
    keeper.passed(5);
    assert.equal(lost(), 1);
    clock.mock.restore();
  });
});

test('after a stop nothing is asked, opened or heard', () => {
  withClock(() => {
    const { keeper, asked, lost } = bench();
    keeper.open('secret');
    accept();
    const socket = newest();
    keeper.stop();
    assert.equal(socket.closed, true);
    assert.equal(socket.onclose, null);
    keeper.ask();
    keeper.open('other');
    mock.timers.tick(100_000);
    assert.equal(asked() + lost(), 0);
    assert.equal(Socket.opened.length, 1);
    assert.equal(keeper.isOpen, false);
  });
});
