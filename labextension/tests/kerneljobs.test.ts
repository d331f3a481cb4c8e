import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Signal } from '@lumino/signaling';

import { JobsModel, type KernelSource } from '../src/sidebar/jobs/jobsmodel.js';
import { KernelJobs } from '../src/sidebar/jobs/kerneljobs.js';
import type { FoundKernel, KernelPort, PortListener } from '../src/sidebar/jobs/kernelport.js';
import type { Job, JobsMessage, PageMessage } from '../src/sidebar/jobs/messages.js';
import { askFacts } from '../src/sidebar/notebook/kernelfacts.js';

/** A kernel of which the test is the other end. */
class Port implements KernelPort {
  constructor(public isLoaded = true) {}

  hasJobs(): Promise<boolean> {
    this.asked += 1;
    return this.isBroken ? Promise.reject(new Error('no way')) : Promise.resolve(this.isLoaded);
  }

  open(hear: (message: JobsMessage) => void) {
    this.opened += 1;
    this.tell = hear;
    return Promise.resolve({
      send: (message: PageMessage) => {
        this.sent.push(message);
      },
      close: () => {
        this.closed += 1;
      }
    });
  }

  listen(listener: PortListener): void {
    this.listener = listener;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  isGone = false;
  isBroken = false;
  isDisposed = false;
  asked = 0;
  opened = 0;
  closed = 0;
  tell: (message: JobsMessage) => void = () => undefined;
  listener: PortListener | null = null;
  readonly sent: PageMessage[] = [];
}

/** Let everything happen that waits for nothing but its turn. */
const settle = () => new Promise(resolve => setImmediate(resolve));

function kernel(id = 'k'): FoundKernel {
  return { id, title: 'Python 3', users: [{ path: 'a.ipynb', name: 'a', type: 'notebook' }] };
}

function job(changes: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    kind: 'watch',
    name: 'watch t',
    state: 'running',
    reason: null,
    trouble: null,
    records: 0,
    files: 0,
    rate: 0,
    errors: 0,
    problems: 0,
    lag: null,
    cell: null,
    ...changes
  };
}

function jobs(...all: Job[]): JobsMessage {
  return { type: 'jobs', jobs: all, cluster: { name: 'lab', bootstrap: 'kafka:9092' } };
}

async function opened(port: Port): Promise<KernelJobs> {
  const one = new KernelJobs(kernel(), port);
  one.start();
  await settle();
  port.tell(jobs(job()));
  return one;
}

test('a kernel without the extension is asked, and left alone', async () => {
  const port = new Port(false);
  const one = new KernelJobs(kernel(), port);
  one.start();
  await settle();
  assert.deepEqual([one.state, port.asked, port.opened], ['without', 1, 0]);
  one.dispose();
  assert.ok(port.isDisposed);
});

test('a kernel that loads the extension later tells so itself', async () => {
  const port = new Port(false);
  const one = new KernelJobs(kernel(), port);
  one.start();
  await settle();
  port.isLoaded = true;
  port.listener?.announced();
  await settle();
  assert.equal(port.opened, 1);
  port.tell(jobs(job({ records: 7 })));
  assert.deepEqual([one.state, one.jobs[0]?.records, one.cluster?.name], ['open', 7, 'lab']);
  one.dispose();
});

test('after a restart the jobs are gone, and what comes late is not heard', async () => {
  const port = new Port();
  const one = await opened(port);
  assert.equal(one.jobs.length, 1);
  const late = port.tell;
  port.listener?.lost();
  assert.deepEqual([one.state, one.jobs, one.cluster], ['without', [], null]);
  late(jobs(job()));
  assert.deepEqual(one.jobs, []);
  one.dispose();
});

test('when the way is there again another comm is opened', async () => {
  const port = new Port();
  const one = await opened(port);
  port.listener?.connected();
  await settle();
  assert.deepEqual([port.opened, port.closed], [2, 1]);
  assert.equal(one.jobs.length, 1);
  one.dispose();
  assert.equal(port.closed, 2);
});

test('a kernel that cannot be asked says so, and can be asked again', async () => {
  const port = new Port();
  port.isBroken = true;
  const one = new KernelJobs(kernel(), port);
  one.start();
  await settle();
  assert.equal(one.state, 'failed');
  port.isBroken = false;
  one.start();
  await settle();
  assert.equal(port.opened, 1);
  one.dispose();
});

test('commands go to the kernel; problems are asked for, and again when there are more', async () => {
  const port = new Port();
  const one = await opened(port);
  one.command('job-1', 'pause');
  one.askProblems('job-1');
  port.tell({ type: 'problems', id: 'job-1', problems: [{ title: 'x', detail: '', count: 1 }] });
  assert.equal(one.problems('job-1')?.[0]?.title, 'x');
  assert.equal(one.problems('job-2'), null);
  port.tell(jobs(job({ problems: 0 })));
  port.tell(jobs(job({ problems: 3 })));
  port.tell(jobs(job({ problems: 3, records: 4 })));
  assert.deepEqual(port.sent, [
    { type: 'command', id: 'job-1', command: 'pause' },
    { type: 'problems', id: 'job-1' },
    { type: 'problems', id: 'job-1' }
  ]);
  one.dispose();
});

test('signs of life are given while the page is awake; after sleep all begins anew', async () => {
  const port = new Port();
  let now = 0;
  const clock = mock.method(Date, 'now', () => now);
  mock.timers.enable({ apis: ['setInterval'] });
  try {
    const one = await opened(port);
    now += 20_000;
    mock.timers.tick(20_000);
    assert.deepEqual(port.sent, [{ type: 'alive' }]);
    port.tell({ type: 'alive' });
    now += 20_000;
    mock.timers.tick(20_000);
    assert.deepEqual([port.sent.length, port.opened], [2, 1]);
    port.tell({ type: 'alive' });
    now += 200_000;
    mock.timers.tick(20_000);
    await settle();
    assert.equal(port.opened, 2);
    one.dispose();
  } finally {
    clock.mock.restore();
    mock.timers.reset();
  }
});

test('a kernel that gives no answer is looked at anew: it may be another one', async () => {
  const port = new Port();
  mock.timers.enable({ apis: ['setInterval'] });
  try {
    const one = await opened(port);
    mock.timers.tick(20_000);
    port.isLoaded = false;
    mock.timers.tick(20_000);
    await settle();
    assert.deepEqual([one.state, one.jobs, port.asked], ['without', [], 2]);
    one.dispose();
  } finally {
    mock.timers.reset();
  }
});

test('a busy kernel is late, until it has told', async () => {
  const port = new Port();
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const one = new KernelJobs(kernel(), port);
    one.start();
    await settle();
    mock.timers.tick(3000);
    assert.ok(one.isLate);
    port.tell(jobs(job()));
    assert.ok(!one.isLate);
    one.dispose();
  } finally {
    mock.timers.reset();
  }
});

/** Kernels that come and go as the test wants. */
class Source implements KernelSource {
  connect(id: string): Port {
    const port = new Port();
    this.ports.set(id, port);
    return port;
  }

  found(...ids: string[]): void {
    this.kernels = ids.map(kernel);
    this.changed.emit();
  }

  kernels: FoundKernel[] | null = null;
  readonly changed = new Signal<this, void>(this);
  readonly ports = new Map<string, Port>();
}

test('kernels are looked at only while somebody looks', async () => {
  const source = new Source();
  const model = new JobsModel(source);
  source.found('one');
  assert.equal(source.ports.size, 0);
  model.setActive(true);
  await settle();
  assert.equal(source.ports.get('one')?.opened, 1);
  model.setActive(false);
  assert.ok(source.ports.get('one')?.isDisposed);
  assert.deepEqual(model.kernels, []);
  source.found('one', 'two');
  assert.equal(source.ports.size, 1);
});

test('kernels come, go, and are reached in a better way', async () => {
  const source = new Source();
  const model = new JobsModel(source);
  model.setActive(true);
  assert.deepEqual([model.running, model.isSettled], [null, false]);
  source.found('one');
  const first = source.ports.get('one');
  assert.ok(!model.isSettled);
  await settle();
  first?.tell(jobs(job()));
  assert.deepEqual([model.running, model.isSettled, model.kernels.length], [1, true, 1]);
  assert.ok(first);
  first.isGone = true;
  source.found('one');
  assert.ok(first.isDisposed);
  assert.notEqual(source.ports.get('one'), first);
  source.found();
  assert.deepEqual(model.kernels, []);
  model.setActive(false);
});

test('kernels without the extension are counted, and not listed', async () => {
  const source = new Source();
  const model = new JobsModel(source);
  source.connect = (id: string) => {
    const port = new Port(false);
    source.ports.set(id, port);
    return port;
  };
  model.setActive(true);
  source.found('one');
  await settle();
  assert.deepEqual([model.kernels, model.running, model.isSettled], [[], 1, true]);
  model.setActive(false);
});

test('a kernel is asked for its facts, and let go', async () => {
  const bare = new Port(false);
  assert.deepEqual(await askFacts(bare), { isLoaded: false, cluster: null });
  const loaded = new Port();
  const asked = askFacts(loaded);
  await settle();
  loaded.tell(jobs());
  const cluster = { name: 'lab', bootstrap: 'kafka:9092' };
  assert.deepEqual(await asked, { isLoaded: true, cluster });
  assert.deepEqual([loaded.closed, loaded.isDisposed, bare.isDisposed], [1, true, true]);
  const silent = new Port();
  assert.deepEqual(await askFacts(silent, 5), { isLoaded: true, cluster: null });
  assert.equal(silent.closed, 1);
  const broken = new Port();
  broken.isBroken = true;
  assert.deepEqual(await askFacts(broken), { isLoaded: false, cluster: null });
});
