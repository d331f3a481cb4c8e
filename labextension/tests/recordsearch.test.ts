import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RecordSearch, type SearchPlace } from '../src/sidebar/records/search.js';
import { places, range, record, TestSocket } from './recordsamples.js';

function stage(most = 2000) {
  const sockets: TestSocket[] = [];
  const asked: SearchPlace[] = [];
  const search = new RecordSearch(
    place => {
      asked.push(place);
      sockets.push(new TestSocket());
      return sockets[sockets.length - 1];
    },
    { from: 'newest' },
    most
  );
  return { search, sockets, asked };
}

function progress(scanned: number, of: number, bytes: number, seconds: number) {
  return { type: 'progress', scanned, of, bytes, seconds };
}

function found(begin: number, end: number) {
  return { type: 'found', records: range(begin, end).map(offset => record(0, offset)) };
}

test('what is found, and what it has cost', () => {
  const { search, sockets, asked } = stage();
  sockets[0].say(found(3, 5));
  sockets[0].say(progress(50, 200, 1000, 0.5));
  assert.deepEqual(asked, [{ from: 'newest' }]);
  assert.deepEqual(places(search.found), ['0:3', '0:4']);
  assert.deepEqual({ ...search.cost }, { scanned: 50, of: 200, bytes: 1000, seconds: 0.5 });
  sockets[0].say({ type: 'end', reason: 'done' });
  assert.equal(search.state, 'done');
  assert.ok(sockets[0].isClosed);
  assert.ok(!search.canGoOn);
});

test('after a budget it goes on, keeps what it found, and adds up the cost', () => {
  const { search, sockets, asked } = stage();
  sockets[0].say(found(3, 5));
  sockets[0].say(progress(50, 200, 1000, 2));
  sockets[0].say({ type: 'end', reason: 'budget', before: 'there' });
  assert.equal(search.state, 'budget');
  assert.ok(search.canGoOn);
  search.goOn();
  assert.deepEqual(asked[1], { before: 'there' });
  assert.equal(search.state, 'running');
  sockets[1].say(progress(10, 150, 300, 1));
  sockets[1].say(found(1, 2));
  assert.deepEqual({ ...search.cost }, { scanned: 60, of: 200, bytes: 1300, seconds: 3 });
  assert.deepEqual(places(search.found), ['0:3', '0:4', '0:1']);
});

test('a stop is asked for, and what comes before it counts', () => {
  const { search, sockets } = stage();
  search.stop();
  assert.deepEqual(sockets[0].sent, [{ type: 'stop' }]);
  sockets[0].say(found(1, 2));
  sockets[0].say({ type: 'end', reason: 'stopped', after: 'there' });
  assert.equal(search.state, 'stopped');
  assert.equal(search.found.length, 1);
  assert.ok(search.canGoOn);
  search.stop();
  assert.equal(sockets[0].sent.length, 1);
});

test('no more is kept than is shown', () => {
  const { search, sockets } = stage(5);
  sockets[0].say(found(0, 8));
  assert.equal(search.state, 'limit');
  assert.equal(search.found.length, 5);
  assert.ok(sockets[0].isClosed);
  sockets[0].say(found(8, 9));
  assert.equal(search.found.length, 5);
});

test('a connection that breaks ends it with a reason, but not after its end', () => {
  const one = stage();
  one.sockets[0].break('the server went away');
  assert.equal(one.search.state, 'broken');
  assert.equal(one.search.reason, 'the server went away');
  const other = stage();
  other.sockets[0].say({ type: 'end', reason: 'done' });
  other.sockets[0].break();
  assert.equal(other.search.state, 'done');
});

test('a search that was closed says no more', () => {
  const { search, sockets } = stage();
  search.close();
  sockets[0].say(found(0, 1));
  assert.equal(search.found.length, 0);
});
