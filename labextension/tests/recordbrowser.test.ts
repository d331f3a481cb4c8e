import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { RecordsQuestion } from '../src/sidebar/api/records.js';
import type { SearchQuestion, TailQuestion } from '../src/sidebar/api/tail.js';
import { type RecordsApi, TopicQuestions } from '../src/sidebar/records/asking.js';
import { RecordBrowser } from '../src/sidebar/records/browser.js';
import { readCursor, writeCursor } from '../src/sidebar/records/cursor.js';
import { pageOf, range, record, TestSocket } from './recordsamples.js';

const LIMIT = 100;

/** A browser of a topic of one partition that holds so many records. */
function stage(total: number) {
  const asked: RecordsQuestion[] = [];
  const tails: { question: TailQuestion; socket: TestSocket }[] = [];
  const searches: SearchQuestion[] = [];
  const socketFor = (question: TailQuestion): WebSocket => {
    const socket = new TestSocket();
    tails.push({ question, socket });
    return socket as unknown as WebSocket;
  };
  const api: Partial<RecordsApi> = {
    records: async (_cluster, _topic, question) => {
      asked.push(question);
      const { from, before, after } = question;
      const page = pageOf(total, LIMIT, {
        from,
        before: before === undefined ? undefined : await readCursor(before),
        after: after === undefined ? undefined : await readCursor(after)
      });
      return {
        records: page.records,
        before: page.before === null ? null : await writeCursor(page.before),
        after: await writeCursor(page.after),
        scanned_bytes: page.scannedBytes,
        complete: page.complete
      };
    },
    tail: (_cluster, _topic, question) => socketFor(question),
    search: (_cluster, _topic, question) => {
      searches.push(question);
      return new TestSocket() as unknown as WebSocket;
    }
  };
  const browser = new RecordBrowser(
    new TopicQuestions(api as RecordsApi, 'local', 'topic'),
    () => 1000
  );
  return { browser, asked, tails, searches };
}

/** Wait until the tail has its socket, which is opened. */
async function openTail(tails: { socket: TestSocket }[]): Promise<TestSocket> {
  while (tails.length === 0 || tails[tails.length - 1].socket.onmessage === null) {
    await new Promise(setImmediate);
  }
  const { socket } = tails[tails.length - 1];
  socket.open();
  return socket;
}

function shownOffsets({ rows }: RecordBrowser): number[] {
  return range(0, rows.length).map(row => rows.at(row)?.offset ?? -1);
}

function batch(sequence: number, begin: number, end: number) {
  return { type: 'records', sequence, records: range(begin, end).map(offset => record(0, offset)) };
}

test('a tail begins where the newest page ends, and its records come to the top', async () => {
  const { browser, tails } = stage(150);
  await browser.goLive();
  const socket = await openTail(tails);
  assert.deepEqual(await readCursor(tails[0].question.after ?? ''), new Map([[0, 150]]));
  socket.say(batch(1, 150, 153));
  assert.deepEqual(shownOffsets(browser), range(50, 153).reverse());
});

test('a tail goes on without a gap though its end was dropped while it waited', async () => {
  const { browser, tails } = stage(6000);
  await browser.goLive();
  const socket = await openTail(tails);
  browser.tail?.pause();
  while (browser.pager.newer.state === 'end') {
    await browser.pager.loadOlder();
  }
  assert.notEqual(browser.rows.at(0)?.offset, 5999);
  socket.say(batch(1, 6000, 6002));
  browser.tail?.resume();
  assert.deepEqual(shownOffsets(browser), [6001, 6000]);
  await browser.pager.loadOlder();
  assert.deepEqual(shownOffsets(browser), range(5900, 6002).reverse());
});

test('who opens another place meanwhile gets no tail', async () => {
  const { browser, tails } = stage(150);
  const live = browser.goLive();
  const earliest = browser.open({ kind: 'earliest' });
  await Promise.all([live, earliest]);
  assert.equal(browser.tail, null);
  assert.equal(tails.length, 0);
  assert.deepEqual(shownOffsets(browser), range(0, 100));
});

test('a tail waits while nobody sees it, unless it was made to wait', async () => {
  const { browser, tails } = stage(10);
  await browser.goLive();
  await openTail(tails);
  browser.setVisible(false);
  assert.equal(browser.tail?.isPaused, true);
  browser.setVisible(true);
  assert.equal(browser.tail.isPaused, false);
  browser.tail.pause();
  browser.setVisible(false);
  browser.setVisible(true);
  assert.equal(browser.tail.isPaused, true);
});

test('another format is read where one is', async () => {
  const { browser, asked } = stage(500);
  await browser.open({ kind: 'newest' });
  await browser.pager.loadOlder();
  await browser.chooseFormat('bytes', 120);
  assert.equal(asked[2].as, 'bytes');
  assert.equal(browser.rows.at(0)?.offset, 379);
  assert.equal(browser.pager.newer.state, 'more');
  await browser.open({ kind: 'earliest' });
  await browser.chooseFormat('text', 30);
  assert.equal(browser.rows.at(0)?.offset, 30);
});

test('a partition is asked for, and a place that moves with the time', async () => {
  const { browser, asked } = stage(10);
  await browser.open({ kind: 'ago', seconds: 60 });
  assert.equal(asked[0].from, 'time:940');
  await browser.choosePartition(3);
  assert.equal(asked[1].partition, 3);
  assert.equal(asked[1].from, 'time:940');
});

test('a search begins at the place that is shown, and is closed by opening one', async () => {
  const { browser, searches } = stage(10);
  await browser.open({ kind: 'earliest' });
  browser.searchFor('needle', ['key']);
  assert.deepEqual(searches[0], {
    text: 'needle',
    in: ['key'],
    limit: 500,
    from: 'earliest',
    partition: 'all',
    as: 'auto'
  });
  assert.equal(browser.rows.length, 0);
  await browser.open({ kind: 'newest' });
  assert.equal(browser.search, null);
  assert.equal(browser.rows.length, 10);
});
