import assert from 'node:assert/strict';
import { test } from 'node:test';

import { grouped, isGroup, type TopicNode } from '../src/sidebar/topics/grouping.js';
import { rowsBetween, rowsOnPage, topsOf } from '../src/sidebar/topics/layout.js';
import { matches, piecesOf, wordsOf } from '../src/sidebar/topics/matching.js';
import { favouriteRows, rowsOf, type Row } from '../src/sidebar/topics/rows.js';
import { nextTopic, stepOf } from '../src/sidebar/topics/stepping.js';
import { topic } from './sidebarmodels.js';

/** Write a tree as text: groups with what is in them. */
function written(nodes: readonly TopicNode[]): string {
  return nodes
    .map(node => (isGroup(node) ? `${node.label}[${written(node.nodes)}]` : node.label))
    .join(' ');
}

function tree(...names: string[]): TopicNode[] {
  return grouped(
    names.map(name => topic(name)),
    '.-_'
  );
}

test('topics whose names begin alike are a group', () => {
  assert.equal(written(tree('a.x', 'a.y', 'b.z')), 'a.[x y] b.z');
});

test('groups of groups that hold nothing else are one', () => {
  assert.equal(written(tree('lab.b1.raw.x', 'lab.b1.raw.y')), 'lab.b1.raw.[x y]');
  assert.equal(written(tree('lab.b1.x', 'lab.b1.y', 'lab.c')), 'lab.[b1.[x y] c]');
});

test('a name that is a prefix of another stands by itself', () => {
  assert.equal(written(tree('lab', 'lab.x', 'lab.y')), 'lab lab.[x y]');
  assert.equal(written(tree('a.b', 'a.b.c', 'a.b.d')), 'a.[b b.[c d]]');
});

test('separators at the beginning part nothing', () => {
  assert.equal(written(tree('__offsets', '__state')), '__offsets __state');
});

test('names that end in separators come through', () => {
  assert.equal(written(tree('a.', 'a..', 'a.b')), 'a.[a. b] a..');
});

test('without separators nothing is grouped', () => {
  assert.equal(written(grouped([topic('a.x'), topic('a.y')], '')), 'a.x a.y');
});

test('a group knows how many topics are in it', () => {
  const [node] = tree('a.b.x', 'a.b.y', 'a.c');
  assert.ok(isGroup(node));
  assert.equal(node.count, 3);
});

test('each topic is in the tree once, whatever names there are', () => {
  const names = ['a', 'a.b', 'a.b.c', 'a-b', 'a_b_c', 'b..c', 'b..d', '.x', '.y', '-', '--', 'z-'];
  const found: string[] = [];
  const collect = (nodes: readonly TopicNode[]): void => {
    for (const node of nodes) {
      if (isGroup(node)) {
        collect(node.nodes);
      } else {
        found.push(node.topic.name);
      }
    }
  };
  collect(tree(...names));
  assert.deepEqual(found.sort(), names.sort());
});

test('all words have to be in a name, in any case and order', () => {
  const words = wordsOf('  IMG lab ');
  assert.deepEqual(words, ['img', 'lab']);
  assert.ok(matches('Lab.img', words));
  assert.ok(!matches('lab.spectra', words));
  assert.ok(matches('anything', wordsOf('')));
});

test('what matches is marked, also where words overlap', () => {
  const marked = (name: string, typed: string): string =>
    piecesOf(name, wordsOf(typed))
      .map(({ text, isMatch }) => (isMatch ? `<${text}>` : text))
      .join('');
  assert.equal(marked('lab.images.lab', 'lab im'), '<lab>.<im>ages.<lab>');
  assert.equal(marked('abcd', 'abc bcd'), '<abcd>');
  assert.equal(marked('abcd', ''), 'abcd');
});

const ROWS = rowsOf(tree('a.x', 'a.y', 'b', 'c.x', 'c.y'), key => key === 'group:a.');

function keys(rows: readonly Row[]): string[] {
  return rows.map(({ key }) => key);
}

test('the rows of a closed group are left out', () => {
  assert.deepEqual(keys(ROWS), ['group:a.', 'topic:a.x', 'topic:a.y', 'topic:b', 'group:c.']);
  const [group, first] = ROWS;
  assert.deepEqual([group.level, group.position, group.siblings], [1, 1, 3]);
  assert.deepEqual(
    [first.level, first.position, first.siblings, first.parent],
    [2, 1, 2, 'group:a.']
  );
});

test('favourites are rows of their own', () => {
  assert.deepEqual(favouriteRows([], 'Favourites', true), []);
  const rows = favouriteRows([topic('a.x')], 'Favourites', true);
  assert.deepEqual(keys(rows), ['favourites', 'favourite:a.x']);
  assert.deepEqual(keys(favouriteRows([topic('a.x')], 'Favourites', false)), ['favourites']);
});

test('keys go through the rows', () => {
  const from = (index: number, key: string): unknown => stepOf(key, ROWS, ROWS[index], 3);
  const move = (index: number): unknown => ({ kind: 'move', key: ROWS[index].key });
  assert.deepEqual(from(0, 'ArrowDown'), move(1));
  assert.deepEqual(from(2, 'ArrowUp'), move(1));
  assert.equal(from(0, 'ArrowUp'), null);
  assert.equal(from(4, 'ArrowDown'), null);
  assert.deepEqual(from(0, 'PageDown'), move(3));
  assert.deepEqual(from(3, 'PageDown'), move(4));
  assert.deepEqual(from(1, 'PageUp'), move(0));
  assert.deepEqual(from(0, 'End'), move(4));
  assert.deepEqual(from(4, 'Home'), move(0));
  assert.equal(from(0, 'x'), null);
});

test('arrows to the sides open, close, and go in and out of groups', () => {
  const from = (index: number, key: string): unknown => stepOf(key, ROWS, ROWS[index], 3);
  assert.deepEqual(from(4, 'ArrowRight'), { kind: 'open', key: 'group:c.', isOpen: true });
  assert.deepEqual(from(0, 'ArrowRight'), { kind: 'move', key: 'topic:a.x' });
  assert.deepEqual(from(0, 'ArrowLeft'), { kind: 'open', key: 'group:a.', isOpen: false });
  assert.deepEqual(from(2, 'ArrowLeft'), { kind: 'move', key: 'group:a.' });
  assert.equal(from(3, 'ArrowLeft'), null);
  assert.equal(from(3, 'ArrowRight'), null);
});

test('the next topic is behind groups', () => {
  assert.equal(nextTopic(ROWS, ROWS[0], 1)?.key, 'topic:a.x');
  assert.equal(nextTopic(ROWS, ROWS[1], -1), null);
  assert.equal(nextTopic(ROWS, ROWS[3], 1), null);
  assert.equal(nextTopic([], null, 1), null);
});

test('rows lie below each other, groups lower than topics', () => {
  assert.deepEqual([...topsOf(ROWS)], [0, 26, 68, 110, 152, 178]);
});

test('the rows between two heights are found', () => {
  const tops = topsOf(ROWS);
  assert.deepEqual(rowsBetween(tops, 0, 26), { first: 0, end: 1 });
  assert.deepEqual(rowsBetween(tops, 0, 27), { first: 0, end: 2 });
  assert.deepEqual(rowsBetween(tops, 70, 111), { first: 2, end: 4 });
  assert.deepEqual(rowsBetween(tops, 152, 9999), { first: 4, end: 5 });
  assert.deepEqual(rowsBetween(topsOf([]), 0, 100), { first: 0, end: 0 });
});

test('of many rows few are on the page', () => {
  const names = Array.from({ length: 2000 }, (_, number) => topic(`t${number}`));
  const tops = topsOf(rowsOf(grouped(names, '.'), () => true));
  const { first, end } = rowsOnPage(tops, 42 * 1000, 420);
  assert.ok(first > 985 && first <= 995, String(first));
  assert.ok(end >= 1010 && end < 1020, String(end));
});
