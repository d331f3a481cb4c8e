import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import { Repeating } from '../src/sidebar/state/repeating.js';
import { Desk, settled } from './sidebarmodels.js';

interface Bench {
  readonly desk: Desk<string>;
  readonly repeating: Repeating<string>;
  readonly heard: string[];
}

function bench(): Bench {
  mock.timers.enable({ apis: ['setTimeout'] });
  const desk = new Desk<string>();
  const heard: string[] = [];
  const repeating = new Repeating<string>(
    signal => desk.ask(signal),
    {
      answered: answer => heard.push(answer),
      failed: failure => heard.push(`failed: ${failure.message}`)
    },
    () => 1000
  );
  return { desk, repeating, heard };
}

test.afterEach(() => {
  mock.timers.reset();
});

test('nothing is asked before somebody looks', () => {
  const { desk, repeating } = bench();
  repeating.soon();
  repeating.restart();
  assert.equal(desk.waiting.length, 0);
  repeating.setActive(true);
  assert.equal(desk.waiting.length, 1);
});

test('the next question waits for the answer, and then for the pause', async () => {
  const { desk, repeating, heard } = bench();
  repeating.setActive(true);
  mock.timers.tick(60_000);
  assert.equal(desk.waiting.length, 1);
  await desk.last.answer('one');
  assert.deepEqual(heard, ['one']);
  mock.timers.tick(999);
  assert.equal(desk.waiting.length, 1);
  mock.timers.tick(1);
  assert.equal(desk.waiting.length, 2);
});

test('who wants to know soon waits for the question that is under way, and asks once', async () => {
  const { desk, repeating } = bench();
  repeating.setActive(true);
  repeating.soon();
  repeating.soon();
  assert.equal(desk.waiting.length, 1);
  await desk.last.answer('one');
  mock.timers.tick(0);
  assert.equal(desk.waiting.length, 2);
  await desk.last.answer('two');
  mock.timers.tick(999);
  assert.equal(desk.waiting.length, 2);
});

test('another question gives up the one that is under way; its answer is not heard', async () => {
  const { desk, repeating, heard } = bench();
  repeating.setActive(true);
  const old = desk.last;
  repeating.restart();
  assert.equal(old.signal?.aborted, true);
  assert.equal(desk.waiting.length, 2);
  await desk.last.answer('new');
  await old.answer('old');
  assert.deepEqual(heard, ['new']);
});

test('who looks away gives up the question, and is asked nothing more', async () => {
  const { desk, repeating, heard } = bench();
  repeating.setActive(true);
  const { last } = desk;
  repeating.setActive(false);
  assert.equal(last.signal?.aborted, true);
  await last.answer('late');
  mock.timers.tick(60_000);
  assert.deepEqual([heard, desk.waiting.length], [[], 1]);
});

test('pauses grow with failures, and are short again after an answer', async () => {
  const { desk, repeating, heard } = bench();
  repeating.setActive(true);
  for (const pause of [2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const asked = desk.waiting.length;
    await desk.last.fail(new Failure('unreachable', 'no'));
    mock.timers.tick(pause - 1);
    assert.equal(desk.waiting.length, asked);
    mock.timers.tick(1);
    assert.equal(desk.waiting.length, asked + 1);
  }
  assert.equal(heard.at(-1), 'failed: no');
  await desk.last.answer('there');
  const asked = desk.waiting.length;
  mock.timers.tick(1000);
  assert.equal(desk.waiting.length, asked + 1);
});

test('who hears an answer may stop', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const desk = new Desk<string>();
  const repeating: Repeating<string> = new Repeating<string>(
    () => desk.ask(),
    {
      answered: () => {
        repeating.setActive(false);
      },
      failed: () => undefined
    },
    () => 10
  );
  repeating.setActive(true);
  await desk.last.answer('enough');
  mock.timers.tick(1000);
  await settled();
  assert.equal(desk.waiting.length, 1);
});
