import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  besideOpened,
  columnsIn,
  SHOWN_AT_FIRST,
  toggled
} from '../src/sidebar/records/columns.js';
import { readCursor, writeCursor } from '../src/sidebar/records/cursor.js';
import {
  leafText,
  ExactNumber,
  membersOf,
  readJson,
  summaryOf
} from '../src/sidebar/records/jsontree.js';
import { fieldOfTime, offsetOfField, placeOf, timeOfField } from '../src/sidebar/records/place.js';
import { hexLine, hexLines, linesOf } from '../src/sidebar/records/textlines.js';

test('a cursor of the server is read, and one of ours comes back the same', async () => {
  // zlib.compress(b'{"0":1200,"7":3}') in URL-safe base64, as Python writes it.
  const places = await readCursor('eJyrVjJQsjI0MjDQUTJXsjKuBQAdOwN-');
  assert.deepEqual(Object.fromEntries(places), { 0: 1200, 7: 3 });
  assert.deepEqual(await readCursor(await writeCursor(places)), places);
});

test('whole numbers keep all their digits', () => {
  const value = readJson('{"id": 12345678901234567890, "n": 1.5}') as Record<string, unknown>;
  const id = value.id;
  // Engines that do not tell the source of a number read it as they always did.
  assert.match(leafText(id), /^1234567890123456/);
  assert.equal(value.n, 1.5);
  assert.equal(readJson('{"a": '), undefined);
  assert.equal(membersOf(new ExactNumber('1')), null);
});

test('objects and lists are told in short', () => {
  assert.equal(summaryOf({ a: 1, b: { c: 2 }, d: 'x' }), '{a: 1, b: …, d: "x"}');
  assert.equal(summaryOf([1, 2, 3, 4, 5]), '[1, 2, 3, 4, …]');
  assert.deepEqual(membersOf([true]), [['0', true]]);
  assert.equal(membersOf(null), null);
});

test('long lines are shown as several', () => {
  assert.deepEqual(linesOf('ab\n\ncdefg', 2), ['ab', '', 'cd', 'ef', 'g']);
  assert.deepEqual(linesOf(''), ['']);
});

test('a line of bytes has its place, its bytes and its signs', () => {
  const digits = Buffer.from('Kafka brings bytes\n').toString('hex');
  assert.equal(hexLines(digits), 2);
  assert.equal(
    hexLine(digits, 0),
    '00000000  4b 61 66 6b 61 20 62 72  69 6e 67 73 20 62 79 74  Kafka brings byt'
  );
  assert.equal(hexLine(digits, 1), '00000010  65 73 0a' + ' '.repeat(42) + 'es·');
});

test('places as the server reads them', () => {
  assert.equal(placeOf({ kind: 'newest' }, 100), 'newest');
  assert.equal(placeOf({ kind: 'offset', offset: 5 }, 100), 'offset:5');
  assert.equal(placeOf({ kind: 'ago', seconds: 60 }, 100), 'time:40');
});

test('fields for times and offsets', () => {
  assert.equal(timeOfField(fieldOfTime(1_700_000_000)), 1_700_000_000);
  assert.equal(timeOfField(''), null);
  assert.equal(offsetOfField(' 1,200 '), 1200);
  assert.equal(offsetOfField('-1'), null);
  assert.equal(offsetOfField('many'), null);
});

test('columns are kept in their order, and the value always', () => {
  assert.deepEqual(toggled(['time', 'value'], 'key'), ['time', 'key', 'value']);
  assert.deepEqual(toggled(['time', 'key', 'value'], 'key'), ['time', 'value']);
  assert.deepEqual(columnsIn(['headers', 'none']), ['value', 'headers']);
  assert.deepEqual(columnsIn(undefined), SHOWN_AT_FIRST);
  assert.deepEqual(besideOpened(SHOWN_AT_FIRST), ['time', 'offset', 'key', 'value']);
});
