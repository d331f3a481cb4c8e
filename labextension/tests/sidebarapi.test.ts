import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StreamApi } from '../src/sidebar/api/client.js';
import { failureOf } from '../src/sidebar/api/failure.js';
import { pathOf, queryOf } from '../src/sidebar/api/path.js';
import type { Asked, Transport } from '../src/sidebar/api/transport.js';

/** A way on which answers wait, and which keeps what was asked. */
class Prepared implements Transport {
  constructor(private readonly answer: unknown) {}

  ask(path: string, asked: Asked = {}): Promise<Response> {
    this.asked.push([path, asked]);
    return Promise.resolve(Response.json(this.answer));
  }

  address(path: string): string {
    return `/base/${path}`;
  }

  socket(): WebSocket {
    throw new Error('no sockets here');
  }

  readonly asked: [string, Asked][] = [];
}

test('names of all sorts stand in paths', () => {
  assert.equal(pathOf('topics', 'räume/1?', 3), 'topics/r%C3%A4ume%2F1%3F/3');
});

test('a query has what is defined, lists with commas', () => {
  const query = queryOf({ from: 'time:1.5', in: ['key', 'value'], limit: 0, before: undefined });
  assert.equal(query, '?from=time%3A1.5&in=key%2Cvalue&limit=0');
  assert.equal(queryOf({ before: undefined }), '');
});

test('figures are asked for by name', async () => {
  const transport = new Prepared({ figures: {} });
  await new StreamApi(transport).figures('my lab', ['a', 'b']);
  const [[path, { method, body }]] = transport.asked;
  assert.equal(path, 'clusters/my%20lab/figures');
  assert.deepEqual([method, body], ['POST', { topics: ['a', 'b'] }]);
});

test('only a fresh list of topics says so', async () => {
  const transport = new Prepared({ topics: [], time: 1 });
  const api = new StreamApi(transport);
  await api.topics('lab', false);
  await api.topics('lab', true);
  const paths = transport.asked.map(([path]) => path);
  assert.deepEqual(paths, ['clusters/lab/topics', 'clusters/lab/topics?fresh=1']);
});

test('a file has an address', () => {
  const file = { sha512: 'ab', places: ['0:5-9', '1:7-8'] };
  const address = new StreamApi(new Prepared(null)).fileAddress('lab', 'raw', file);
  const query = 'sha512=ab&places=0%3A5-9%2C1%3A7-8';
  assert.equal(address, `/base/clusters/lab/topics/raw/files/content?${query}`);
});

test('a failure has what the server told', async () => {
  const told = { message: 'No broker answers.', reason: 'refused', remedy: 'Start it.' };
  const failure = await failureOf(Response.json(told, { status: 503 }));
  assert.equal(failure.kind, 'unreachable');
  assert.deepEqual(
    [failure.message, failure.reason, failure.remedy],
    ['No broker answers.', 'refused', 'Start it.']
  );
});

test('a topic that is not there is another thing than no server extension', async () => {
  const told = { message: 'there is no topic', reason: null, remedy: null };
  assert.equal((await failureOf(Response.json(told, { status: 404 }))).kind, 'unknown');
  const ofJupyter = new Response('<h1>404</h1>', { status: 404, statusText: 'Not Found' });
  assert.equal((await failureOf(ofJupyter)).kind, 'absent');
  const alsoOfJupyter = Response.json({ message: 'Not Found', reason: null }, { status: 404 });
  assert.equal((await failureOf(alsoOfJupyter)).kind, 'absent');
});
