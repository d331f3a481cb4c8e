import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import type { FilesPage, FilesQuestion, StreamFile } from '../src/sidebar/api/files.js';
import { FilesModel } from '../src/sidebar/files/filesmodel.js';
import {
  choiceOf,
  gapsOf,
  isGrowing,
  merged,
  missingText,
  shareOf
} from '../src/sidebar/files/streamfiles.js';
import { settle } from './recordsamples.js';

function file(path: string, newest: number, part: Partial<StreamFile> = {}): StreamFile {
  return {
    path,
    bytes: 10,
    chunks: 10,
    received: 10,
    missing: [],
    state: 'complete',
    verified: true,
    places: [{ partition: 0, first_offset: 3, last_offset: 12 }],
    newest,
    sha512: `hash of ${path}`,
    ...part
  };
}

function page(files: readonly StreamFile[], before: string | null = null): FilesPage {
  return {
    files,
    before,
    after: 'after',
    scanned_bytes: 100,
    complete: true,
    other_records: 1,
    damaged_records: 2
  };
}

/** A model that gets these answers one after the other. */
function stage(...answers: (FilesPage | Failure)[]) {
  const asked: FilesQuestion[] = [];
  const model = new FilesModel(
    { cluster: 'local', topic: 'files' },
    {
      fileAddress: () => '',
      files: (_cluster, _topic, question) => {
        asked.push(question);
        const answer = answers.shift();
        return answer instanceof Failure || answer === undefined
          ? Promise.reject(answer ?? new Error('asked too often'))
          : Promise.resolve(answer);
      }
    }
  );
  return { model, asked };
}

test('files are known by path and content, and what was told last counts', () => {
  const files = merged(
    [file('a', 1, { received: 2 }), file('b', 5)],
    [file('a', 9), file('a', 2, { sha512: 'other' })]
  );
  assert.deepEqual(
    files.map(({ path, newest }) => [path, newest]),
    [
      ['a', 9],
      ['b', 5],
      ['a', 2]
    ]
  );
});

test('missing chunks as text and as parts of a bar', () => {
  const one = file('a', 1, {
    received: 6,
    missing: [
      [3, 3],
      [8, 10]
    ]
  });
  assert.equal(missingText(one), '3, 8–10');
  assert.deepEqual(gapsOf(one), [
    [0.2, 0.3],
    [0.7, 1]
  ]);
  assert.equal(shareOf(one), 0.6);
});

test('how the bytes of a file are asked for', () => {
  assert.deepEqual(choiceOf(file('a', 1)), { sha512: 'hash of a', places: ['0:3-12'] });
});

test('pages of files follow each other, and their cost adds up', async () => {
  const { model, asked } = stage(page([file('b', 2)], 'there'), page([file('a', 1)]));
  await model.refresh();
  assert.ok(model.hasOlder);
  await model.loadOlder();
  assert.deepEqual(asked, [
    { from: 'newest', limit: 50 },
    { before: 'there', limit: 50 }
  ]);
  assert.deepEqual(
    model.files.map(({ path }) => path),
    ['b', 'a']
  );
  assert.equal(model.scannedBytes, 200);
  assert.equal(model.others.damaged_records, 4);
  assert.ok(!model.hasOlder);
});

test('a failure leaves what is known, and can be tried again', async () => {
  const { model } = stage(
    page([file('b', 2)], 'there'),
    new Failure('unreachable', 'No broker answers.'),
    page([file('a', 1)])
  );
  await model.refresh();
  await model.loadOlder();
  assert.equal(model.failure?.message, 'No broker answers.');
  assert.equal(model.files.length, 1);
  await model.loadOlder();
  assert.equal(model.failure, null);
  assert.equal(model.files.length, 2);
});

test('files that grow are looked at again while somebody looks', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  try {
    const growing = file('a', 990, { state: 'incomplete', received: 3 });
    const { model, asked } = stage(page([growing]), page([file('a', 1000)]));
    assert.ok(isGrowing(growing));
    model.setActive(true);
    await settle();
    mock.timers.tick(5000);
    await settle();
    assert.equal(model.files[0].state, 'complete');
    mock.timers.tick(60_000);
    await settle();
    assert.equal(asked.length, 2);
    model.close();
  } finally {
    mock.timers.reset();
  }
});

test('nobody looks: nothing is asked', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  try {
    const growing = file('a', 990, { state: 'incomplete', received: 3 });
    const { model, asked } = stage(page([growing]));
    model.setActive(true);
    await settle();
    model.setActive(false);
    mock.timers.tick(60_000);
    await settle();
    assert.equal(asked.length, 1);
  } finally {
    mock.timers.reset();
  }
});
