import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readMessage } from '../src/messages.js';
import { WireError } from '../src/wire.js';

const BUFFER = new DataView(new ArrayBuffer(8));

test('a figure may be absent', () => {
  const message = readMessage({ type: 'figure', kind: 'spectrum', item: null, bokeh: '3.9.2' }, []);
  assert.deepEqual(message, { type: 'figure', kind: 'spectrum', item: null, bokeh: '3.9.2' });
  assert.throws(
    () => readMessage({ type: 'figure', kind: 'pie', item: null, bokeh: '3.9.2' }, []),
    WireError
  );
});

test('a frame and a library come with one buffer', () => {
  assert.deepEqual(readMessage({ type: 'frame' }, [BUFFER]), { type: 'frame', bytes: BUFFER });
  assert.throws(() => readMessage({ type: 'frame' }, []), WireError);
  assert.throws(() => readMessage({ type: 'frame' }, [BUFFER, BUFFER]), WireError);
  assert.throws(() => readMessage({ type: 'bokehjs', version: '3.9.2' }, []), WireError);
});

test('a ticket for the relay may be withheld', () => {
  for (const ticket of ['a.b', null]) {
    assert.deepEqual(readMessage({ type: 'relay', ticket }, []), { type: 'relay', ticket });
  }
});

test('the answer to a sign of life holds nothing else', () => {
  assert.deepEqual(readMessage({ type: 'alive' }, []), { type: 'alive' });
});

test('what is not known is refused', () => {
  for (const data of [null, [], 'gone', {}, { type: 'surprise' }, { type: 'figure', item: 3 }]) {
    assert.throws(() => readMessage(data, []), WireError);
  }
});
