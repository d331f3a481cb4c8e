import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import type { FiguresOfTopics, TopicList } from '../src/sidebar/api/topics.js';
import { PanelSettings } from '../src/sidebar/settings.js';
import { Memory } from '../src/sidebar/state/memory.js';
import { Favourites } from '../src/sidebar/topics/favourites.js';
import { FiguresModel } from '../src/sidebar/topics/figures.js';
import { Listing } from '../src/sidebar/topics/listing.js';
import { TopicTree } from '../src/sidebar/topics/tree.js';
import { cluster, clusters, ClustersDesk, Desk, settled, topic } from './sidebarmodels.js';

test.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
});

test.afterEach(() => {
  mock.timers.reset();
});

class ListingDesk {
  readonly asked = new Desk<TopicList>();
  readonly questions: [string, boolean][] = [];
  readonly clustersDesk = new ClustersDesk();
  readonly listing = new Listing(
    {
      topics: (name, isFresh, signal) => {
        this.questions.push([name, isFresh]);
        return this.asked.ask(signal);
      }
    },
    this.clustersDesk.model
  );

  async open(...all: ReturnType<typeof cluster>[]): Promise<void> {
    this.clustersDesk.model.setActive(true);
    this.listing.setActive(true);
    await this.clustersDesk.asked.last.answer(clusters(...all));
  }

  async list(...names: string[]): Promise<void> {
    const topics = names.map(name => topic(name, name.startsWith('__')));
    await this.asked.last.answer({ topics, time: 0 });
  }
}

test('topics are asked for when the cluster is known, and are in the order of their names', async () => {
  const desk = new ListingDesk();
  desk.listing.setActive(true);
  assert.deepEqual(desk.questions, []);
  await desk.open(cluster('lab', 'connected'));
  assert.deepEqual(desk.questions, [['lab', false]]);
  await desk.list('run10', 'a', 'run9');
  const names = desk.listing.topics?.map(({ name }) => name);
  assert.deepEqual(names, ['a', 'run9', 'run10']);
});

test('a stopped broker is asked nothing, and forgets its topics', async () => {
  const desk = new ListingDesk();
  await desk.open(cluster('local', 'connected'));
  await desk.list('a');
  mock.timers.tick(5000);
  await desk.clustersDesk.asked.last.answer(clusters(cluster('local', 'stopped')));
  assert.equal(desk.listing.topics, null);
  const asked = desk.questions.length;
  mock.timers.tick(60_000);
  assert.equal(desk.questions.length, asked);
});

test('another cluster is asked at once, and late answers of the first are not heard', async () => {
  const desk = new ListingDesk();
  await desk.open(cluster('lab', 'connected'), cluster('home', 'connected'));
  const late = desk.asked.last;
  desk.clustersDesk.model.choose('home');
  assert.equal(late.signal?.aborted, true);
  assert.deepEqual(desk.questions.at(-1), ['home', false]);
  await desk.list('mine');
  await late.answer({ topics: [topic('theirs')], time: 0 });
  assert.deepEqual(
    desk.listing.topics?.map(({ name }) => name),
    ['mine']
  );
});

test('a cluster that is connected again is asked at once', async () => {
  const desk = new ListingDesk();
  await desk.open(cluster('lab', 'unreachable'));
  await desk.asked.last.fail(new Failure('unreachable', 'no'));
  assert.equal(desk.listing.failure?.kind, 'unreachable');
  const asked = desk.questions.length;
  desk.clustersDesk.model.refresh();
  await desk.clustersDesk.asked.last.answer(clusters(cluster('lab', 'connected')));
  assert.equal(desk.questions.length, asked + 1);
});

test('the same list again is not told; a fresh one is asked for by hand only', async () => {
  const desk = new ListingDesk();
  await desk.open(cluster('lab', 'connected'));
  await desk.list('a', 'b');
  const { version } = desk.listing;
  mock.timers.tick(5000);
  await desk.list('b', 'a');
  assert.equal(desk.listing.version, version);
  desk.listing.refresh();
  assert.deepEqual(desk.questions.at(-1), ['lab', true]);
  await desk.list('a', 'b', 'c');
  assert.equal(desk.listing.version, version + 1);
  mock.timers.tick(5000);
  assert.deepEqual(desk.questions.at(-1), ['lab', false]);
});

async function treeOf(...names: string[]): Promise<{
  tree: TopicTree;
  favourites: Favourites;
  settings: PanelSettings;
}> {
  const desk = new ListingDesk();
  const favourites = new Favourites(new Memory(null));
  const settings = new PanelSettings();
  const tree = new TopicTree(desk.listing, favourites, settings, 'Favourites');
  await desk.open(cluster('lab', 'connected'));
  await desk.list(...names);
  return { tree, favourites, settings };
}

function keys(tree: TopicTree): string[] {
  return tree.rows.map(({ key }) => key);
}

test('internal topics are hidden until somebody wants them', async () => {
  const { tree, settings } = await treeOf('__offsets', 'a');
  assert.deepEqual([keys(tree), tree.hidden], [['topic:a'], 1]);
  await settings.set('showInternal', true);
  assert.deepEqual([keys(tree), tree.hidden], [['topic:__offsets', 'topic:a'], 0]);
});

test('groups are as the settings say', async () => {
  const { tree, settings } = await treeOf('a.x', 'a.y');
  assert.deepEqual(keys(tree), ['group:a.', 'topic:a.x', 'topic:a.y']);
  await settings.set('separators', '_');
  assert.deepEqual(keys(tree), ['topic:a.x', 'topic:a.y']);
});

test('groups of many topics are closed until they are opened', async () => {
  const { tree } = await treeOf(...Array.from({ length: 50 }, (_, number) => `a.${number}`));
  assert.deepEqual(keys(tree), ['group:a.']);
  tree.setOpen('group:a.', true);
  assert.equal(tree.rows.length, 51);
});

test('what a filter finds is flat, and without favourites on top', async () => {
  const { tree, favourites } = await treeOf('a.x', 'a.y', 'b.x');
  favourites.toggle('a.x');
  assert.equal(keys(tree)[0], 'favourites');
  tree.setFilter('X');
  assert.deepEqual([keys(tree), tree.shown], [['topic:a.x', 'topic:b.x'], 2]);
  tree.setFilter('nothing');
  assert.deepEqual([keys(tree), tree.shown], [[], 0]);
  tree.setFilter(' ');
  assert.equal(tree.rows.length, 6);
});

test('the first row is active until another one is, also when that one goes', async () => {
  const { tree } = await treeOf('a', 'b');
  assert.deepEqual(tree.activeTopic, { cluster: 'lab', topic: 'a' });
  tree.activate('topic:b');
  assert.deepEqual(tree.activeTopic, { cluster: 'lab', topic: 'b' });
  tree.setFilter('a');
  assert.deepEqual(tree.activeTopic, { cluster: 'lab', topic: 'a' });
});

test('two thousand topics are filtered within a twentieth of a second', async () => {
  const names = Array.from({ length: 2000 }, (_, n) => `lab.beamline-${n % 20}.detector_${n}`);
  const { tree } = await treeOf(...names);
  const start = performance.now();
  for (const typed of ['d', 'de', 'det 1', 'det 19', 'det 199', '']) {
    tree.setFilter(typed);
  }
  const each = (performance.now() - start) / 6;
  assert.equal(tree.shown, 2000);
  assert.ok(each < 50, `${each} ms`);
});

test('favourites of a cluster are its own, and are kept', async () => {
  const kept = new Map<string, unknown>();
  const memory = new Memory({
    fetch: name => Promise.resolve(kept.get(name) as undefined),
    save: (name, value) => Promise.resolve(kept.set(name, value))
  });
  const favourites = new Favourites(memory);
  await favourites.use('lab');
  favourites.toggle('a');
  favourites.toggle('b');
  favourites.toggle('b');
  await favourites.use('home');
  assert.ok(!favourites.has('a'));
  const later = new Favourites(memory);
  await later.use('lab');
  assert.deepEqual([later.has('a'), later.has('b')], [true, false]);
});

class FiguresDesk {
  readonly asked = new Desk<FiguresOfTopics>();
  readonly questions: (readonly string[])[] = [];
  readonly model = new FiguresModel(
    {
      figures: (_cluster, topics, signal) => {
        this.questions.push(topics);
        return this.asked.ask(signal);
      }
    },
    () => 2000
  );

  async tell(high: number, time: number, ...names: string[]): Promise<void> {
    const one = { records: high, is_estimate: false, bytes: null, newest: null, high, time };
    const figures = Object.fromEntries(names.map(name => [name, one]));
    await this.asked.last.answer({ figures });
  }
}

test('figures are asked for of what can be seen, while it can be seen', async () => {
  const { model, questions } = new FiguresDesk();
  model.watch('lab', ['a', 'b']);
  assert.deepEqual(questions, []);
  model.setActive(true);
  assert.deepEqual(questions, [['a', 'b']]);
  model.setActive(false);
  mock.timers.tick(60_000);
  await settled();
  assert.equal(questions.length, 1);
});

test('while a question is under way only the newest wish is kept', async () => {
  const desk = new FiguresDesk();
  desk.model.setActive(true);
  for (const name of ['a', 'b', 'c', 'd']) {
    desk.model.watch('lab', [name]);
  }
  assert.deepEqual(desk.questions, [['a']]);
  await desk.tell(1, 1, 'a');
  mock.timers.tick(0);
  assert.deepEqual(desk.questions, [['a'], ['d']]);
});

test('what is known already waits for its turn', async () => {
  const desk = new FiguresDesk();
  desk.model.setActive(true);
  desk.model.watch('lab', ['a', 'b']);
  await desk.tell(1, 1, 'a', 'b');
  desk.model.watch('lab', ['b']);
  mock.timers.tick(1999);
  assert.equal(desk.questions.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(desk.questions.at(-1), ['b']);
});

test('a question has at most a hundred topics', () => {
  const { model, questions } = new FiguresDesk();
  model.setActive(true);
  model.watch(
    'lab',
    Array.from({ length: 150 }, (_, number) => `t${number}`)
  );
  assert.equal(questions[0].length, 100);
});

test('rates come of the watermarks', async () => {
  const desk = new FiguresDesk();
  desk.model.setActive(true);
  desk.model.watch('lab', ['a']);
  await desk.tell(100, 50, 'a');
  assert.equal(desk.model.of('a')?.history.rate, null);
  mock.timers.tick(2000);
  await desk.tell(140, 52, 'a');
  assert.equal(desk.model.of('a')?.history.rate, 20);
});

test('the figures of another cluster are other ones', async () => {
  const desk = new FiguresDesk();
  desk.model.setActive(true);
  desk.model.watch('lab', ['a']);
  await desk.tell(100, 50, 'a');
  desk.model.watch('home', ['a']);
  assert.equal(desk.model.of('a'), null);
  assert.equal(desk.questions.length, 2);
});
