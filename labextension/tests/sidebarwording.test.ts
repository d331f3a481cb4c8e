import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { TranslationBundle } from '@jupyterlab/translation';

import { progressText } from '../src/sidebar/clusters/progresstext.js';
import { sentences } from '../src/sidebar/state/sentences.js';
import { english } from './sidebarmodels.js';

const translated = {
  __: (text: string, ...values: unknown[]) => `<${english.__(text, ...(values as string[]))}>`
} as TranslationBundle;

test('what is told becomes sentences', () => {
  assert.equal(sentences('it may not be seen', 'nobody may'), 'It may not be seen. Nobody may.');
  assert.equal(sentences('Is it there?', null, '', 'wait …'), 'Is it there? Wait …');
  assert.equal(sentences(null), '');
});

test('what is being done with the local broker is translated', () => {
  const say = (told: string): string => progressText(told, translated);
  assert.equal(say('starting the local broker'), '<Starting the local broker> …');
  assert.equal(say('stopping the local broker'), '<Stopping the local broker> …');
  assert.equal(say('Starting Kafka 4.3.1'), '<Starting Kafka 4.3.1> …');
  assert.equal(say('Downloading Kafka (35 %)'), '<Downloading Kafka> (35 %) …');
  assert.equal(say('Maven fetches Kafka'), '<Maven fetches Kafka> …');
});

test('what is not known is told as it is', () => {
  assert.equal(progressText('Unpacking (2 %)', english), 'Unpacking (2 %) …');
});
