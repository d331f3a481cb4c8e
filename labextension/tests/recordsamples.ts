import type { Shown, StreamRecord } from '../src/sidebar/api/records.js';
import type { Page } from '../src/sidebar/records/pager.js';
import type { Socket } from '../src/sidebar/records/socket.js';

/** A text as the server shows it. */
export function shown(text: string, kind: Shown['kind'] = 'text'): Shown {
  return { format: 'text', text, cut: false, error: null, kind, shape: null, dtype: null };
}

/** A record whose value says where it stands. */
export function record(partition: number, offset: number, value = shown('value')): StreamRecord {
  return {
    partition,
    offset,
    timestamp: offset,
    key: shown(''),
    value,
    headers: [],
    key_bytes: null,
    value_bytes: value.text.length
  };
}

/** Where records stand, as texts. */
export function places(records: readonly StreamRecord[]): string[] {
  return records.map(({ partition, offset }) => `${partition}:${offset}`);
}

/** The page of a topic of one partition with so many records, as the server answers. */
export function pageOf(
  total: number,
  limit: number,
  question: {
    from?: string;
    before?: ReadonlyMap<number, number>;
    after?: ReadonlyMap<number, number>;
  }
): Page {
  if (question.from === 'newest' || question.before !== undefined) {
    const end = Math.min(question.before?.get(0) ?? total, total);
    const begin = Math.max(0, end - limit);
    return page(range(begin, end).reverse(), begin, end);
  }
  const [, offset = '0'] = (question.from ?? '').split(':');
  const begin = question.after?.get(0) ?? Number(offset);
  const end = Math.min(begin + limit, total);
  return page(range(begin, end), begin, end);
}

function page(offsets: readonly number[], begin: number, end: number): Page {
  return {
    records: offsets.map(offset => record(0, offset)),
    before: begin === 0 ? null : new Map([[0, begin]]),
    after: new Map([[0, end]]),
    scannedBytes: offsets.length,
    complete: true
  };
}

/** Whole numbers from one up to, and without, another. */
export function range(begin: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - begin) }, (_, index) => begin + index);
}

/** A socket whose other end is the test. */
export class TestSocket implements Socket {
  readyState = 0;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: unknown[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({} as Event);
  }

  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) } as MessageEvent);
  }

  break(reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ reason } as CloseEvent);
  }
}

/** Let everything that waits for nothing but its turn run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}
