import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import { ClustersModel } from '../src/sidebar/clusters/clustersmodel.js';
import { Memory, type Store } from '../src/sidebar/state/memory.js';
import { cluster, clusters, ClustersDesk, settled } from './sidebarmodels.js';

test.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
});

test.afterEach(() => {
  mock.timers.reset();
});

const STOPPED = cluster('local', 'stopped', 'the local broker does not run');
const STARTING = cluster('local', 'connecting', 'starting');
const RUNNING = cluster('local', 'connected');

test('the default is looked at until another one is chosen', async () => {
  const { asked, model } = new ClustersDesk();
  const chosen = (): string | undefined => model.chosen?.name;
  assert.equal(chosen(), undefined);
  model.setActive(true);
  await asked.last.answer(clusters(cluster('lab', 'connected'), STOPPED));
  assert.equal(chosen(), 'lab');
  model.choose('local');
  assert.equal(chosen(), 'local');
});

test('what was chosen is remembered, and forgotten when it is gone', async () => {
  const kept = new Map<string, unknown>();
  const store: Store = {
    fetch: name => Promise.resolve(kept.get(name) as undefined),
    save: (name, value) => Promise.resolve(kept.set(name, value))
  };
  new ClustersDesk().model.choose('lab');
  new ClustersModel(new ClustersDesk(), new Memory(store)).choose('lab');
  const desk = new ClustersDesk();
  const later = new ClustersModel(desk, new Memory(store));
  await settled();
  later.setActive(true);
  await desk.asked.last.answer(clusters(STOPPED, cluster('lab', 'connected')));
  assert.equal(later.chosen?.name, 'lab');
  mock.timers.tick(5000);
  await desk.asked.last.answer(clusters(STOPPED));
  assert.equal(later.chosen.name, 'local');
});

test('a cluster that is about to change is asked for more often', async () => {
  const { asked, model } = new ClustersDesk();
  model.setActive(true);
  await asked.last.answer(clusters(STARTING));
  mock.timers.tick(500);
  await asked.last.answer(clusters(RUNNING));
  assert.equal(asked.waiting.length, 2);
  mock.timers.tick(4999);
  assert.equal(asked.waiting.length, 2);
  mock.timers.tick(1);
  assert.equal(asked.waiting.length, 3);
});

test('only what is new is told', async () => {
  const { asked, model } = new ClustersDesk();
  let told = 0;
  model.changed.connect(() => (told += 1));
  model.setActive(true);
  await asked.last.answer(clusters(RUNNING));
  mock.timers.tick(5000);
  await asked.last.answer(clusters(RUNNING));
  assert.equal(told, 1);
  mock.timers.tick(5000);
  await asked.last.answer(clusters(STOPPED));
  assert.equal(told, 2);
});

test('a failure is told, and what was known stays', async () => {
  const { asked, model } = new ClustersDesk();
  model.setActive(true);
  await asked.last.answer(clusters(RUNNING));
  mock.timers.tick(5000);
  await asked.last.fail(new Failure('offline', 'no answer'));
  assert.equal(model.failure?.kind, 'offline');
  assert.equal(model.chosen?.name, 'local');
  mock.timers.tick(10_000);
  await asked.last.answer(clusters(RUNNING));
  assert.equal(model.failure, null);
});

test('the local broker is chosen when it is started, and what it does is told', async () => {
  const { asked, ordered, model } = new ClustersDesk();
  model.setActive(true);
  await asked.last.answer(clusters(cluster('lab', 'connected'), STOPPED));
  const started = model.start();
  assert.deepEqual([model.chosen?.name, model.doing], ['local', 'start']);
  await ordered.last.answer(STARTING);
  await started;
  assert.deepEqual([model.chosen?.state, model.doing], ['connecting', null]);
});

async function startedWith(...states: (typeof STOPPED)[]): Promise<ClustersModel> {
  const { asked, ordered, model } = new ClustersDesk();
  model.setActive(true);
  await asked.last.answer(clusters(STOPPED));
  const started = model.start();
  await ordered.last.answer(STARTING);
  await started;
  for (const state of states) {
    await asked.last.answer(clusters(state));
    mock.timers.tick(5000);
  }
  return model;
}

test('a broker that stops while it starts has failed, and the reason stays', async () => {
  const failed = cluster('local', 'stopped', 'the port is taken');
  const model = await startedWith(STARTING, failed, STOPPED);
  assert.equal(model.brokerFailure?.message, 'the port is taken');
});

test('a broker that stops after it ran has not failed', async () => {
  assert.equal((await startedWith(STARTING, RUNNING, STOPPED)).brokerFailure, null);
});

test('an order that is refused is told with its reason', async () => {
  const { asked, ordered, model } = new ClustersDesk();
  model.setActive(true);
  await asked.last.answer(clusters(STOPPED));
  const started = model.start();
  await ordered.last.fail(new Failure('forbidden', 'not from here'));
  await started;
  assert.deepEqual([model.brokerFailure?.message, model.doing], ['not from here', null]);
});
