import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Failure } from '../src/sidebar/api/failure.js';
import type { Figures, Partition, Retention } from '../src/sidebar/api/topics.js';
import { PartitionRates } from '../src/sidebar/detail/partitionrates.js';
import { retentionText } from '../src/sidebar/detail/retentiontext.js';
import { meaningOf } from '../src/sidebar/detail/settingvalue.js';
import { shortCount, shortDuration, shortRate } from '../src/sidebar/state/amounts.js';
import { factsOf, rateText } from '../src/sidebar/topics/facts.js';
import { paneState, type PaneFacts } from '../src/sidebar/topics/panestate.js';
import { RateHistory, ratePath } from '../src/sidebar/topics/ratehistory.js';
import { cluster, english as trans, topic } from './sidebarmodels.js';

const FIGURES: Figures = {
  records: 1_234_567,
  is_estimate: false,
  bytes: 1_500_000,
  newest: 995,
  high: 0,
  time: 0
};

function texts(figures: Figures | { error: string } | null): string[] {
  const known = figures && { figures, history: new RateHistory() };
  return factsOf(topic('a'), known, 1000, trans).map(({ text }) =>
    text.replaceAll(/[\u00a0\u202f]/g, ' ')
  );
}

test('a row tells how much is in a topic and how old it is', () => {
  assert.deepEqual(texts(FIGURES), ['1.2M rec', '1.5 MB', '5 s', '1 part.']);
});

test('an estimate is marked', () => {
  assert.equal(texts({ ...FIGURES, is_estimate: true })[0], '≈ 1.2M rec');
});

test('what is not known is left out', () => {
  assert.deepEqual(texts({ ...FIGURES, bytes: null, newest: null }), ['1.2M rec', '1 part.']);
  assert.deepEqual(texts(null), ['1 part.']);
  assert.deepEqual(texts({ error: 'gone' }), ['not known', '1 part.']);
});

test('a record from the future came now', () => {
  assert.equal(texts({ ...FIGURES, newest: 1005 })[2], 'now');
});

test('amounts are short', () => {
  assert.deepEqual([shortCount(99_999), shortCount(100_000)], ['99,999', '100K']);
  assert.deepEqual([0, 0.31, 9.94, 12.4, 3400].map(shortRate), ['0', '0.3', '9.9', '12', '3.4K']);
  assert.deepEqual([5.9, 61, 7300].map(shortDuration), ['5\u00a0s', '1\u00a0min', '2\u00a0h']);
});

test('a rate needs two readings, and begins anew after a gap or when a topic is made anew', () => {
  const history = new RateHistory();
  history.add(0, 0);
  assert.equal(history.rate, null);
  history.add(20, 2000);
  assert.equal(history.rate, 10);
  history.add(20, 2000);
  assert.equal(history.moments.length, 1);
  history.add(500, 60_000);
  assert.equal(history.moments.length, 1);
  history.add(10, 62_000);
  history.add(14, 64_000);
  assert.equal(history.rate, 2);
});

test('rates of more than a minute ago are forgotten', () => {
  const history = new RateHistory();
  for (let second = 0; second <= 200; second += 2) {
    history.add(second, 1000 * second);
  }
  assert.ok(history.moments.length <= 31);
  const known = { figures: FIGURES, history };
  assert.equal(rateText(known), '1.0/s');
  assert.equal(rateText(null), '');
});

test('the line of rates has the newest at the right and the largest at the top', () => {
  const moments = [
    { time: 0, rate: 0 },
    { time: 60_000, rate: 8 }
  ];
  assert.equal(ratePath(moments, 60, 16), 'M0.0,15.0L60.0,1.0');
  assert.equal(ratePath(moments.slice(1), 60, 16), '');
  assert.equal(ratePath([], 60, 16), '');
});

function partition(number: number, high: number): Partition {
  return {
    partition: number,
    low: 0,
    high,
    leader: 1,
    replicas: [1],
    in_sync: [1],
    bytes: null
  };
}

test('partitions have rates of their own', () => {
  const rates = new PartitionRates();
  rates.add([partition(0, 10), partition(1, 100)], 0);
  assert.equal(rates.of(0), null);
  rates.add([partition(0, 30), partition(1, 100), partition(2, 5)], 2000);
  assert.deepEqual([rates.of(0), rates.of(1), rates.of(2)], [10, 0, null]);
  rates.forget();
  assert.equal(rates.total, null);
});

const KEPT: Retention = {
  seconds: 604_800,
  bytes: null,
  compacted: false,
  oldest: null,
  expires_in: 7200
};

function retained(change: Partial<Retention>): [string, string] {
  const { text, detail } = retentionText({ ...KEPT, ...change }, trans);
  return [text.replaceAll('\u00a0', ' '), detail.replaceAll('\u00a0', ' ')];
}

test('retention is put into words', () => {
  assert.deepEqual(retained({}), ['7 d', 'the oldest expires in 2 h']);
  assert.equal(retained({ expires_in: -5 })[1], 'the oldest expires at any moment');
  assert.deepEqual(retained({ seconds: null, expires_in: null }), ['For ever', '']);
  const bytes = { seconds: null, bytes: 1e9, expires_in: null };
  assert.deepEqual(retained(bytes), ['1.0 GB a partition', '']);
  assert.deepEqual(retained({ ...bytes, bytes: null, compacted: true }), [
    'Newest of each key',
    ''
  ]);
});

test('numbers of settings have a meaning', () => {
  const meaning = (name: string, value: string | null): string | undefined =>
    meaningOf(name, value)?.replaceAll('\u00a0', ' ');
  assert.equal(meaning('retention.ms', '604800000'), '7 d');
  assert.equal(meaning('retention.bytes', '-1'), '∞');
  assert.equal(meaning('local.retention.ms', '-2'), undefined);
  assert.equal(meaning('flush.ms', '9223372036854775807'), '∞');
  assert.equal(meaning('linger.ms', '1500'), '1500 ms');
  assert.equal(meaning('max.message.bytes', '2000'), '2.0 kB');
  assert.equal(meaning('min.insync.replicas', '1'), undefined);
  assert.equal(meaning('secret.ms', null), undefined);
});

const FACTS: PaneFacts = {
  isKnown: true,
  chosen: cluster('lab', 'connected'),
  doing: null,
  brokerFailure: null,
  mayStart: true,
  clustersFailure: null,
  topicsFailure: null,
  topics: 3,
  hidden: 0,
  shown: 3
};

const UNREACHABLE = new Failure('unreachable', 'no answer');

const STATES: [string, Partial<PaneFacts>, string][] = [
  ['topics are shown', {}, 'topics'],
  ['stale topics are shown', { topicsFailure: UNREACHABLE }, 'topics'],
  ['before the server answers', { isKnown: false }, 'loading'],
  ['no server extension', { isKnown: false, clustersFailure: UNREACHABLE }, 'failed'],
  ['no cluster', { chosen: null }, 'no-cluster'],
  ['before the cluster answers', { topics: null }, 'loading'],
  ['a new cluster', { topics: null, chosen: cluster('lab', 'connecting') }, 'connecting'],
  ['a dead cluster', { topics: null, chosen: cluster('lab', 'unreachable') }, 'unreachable'],
  [
    'a dead cluster that failed',
    { topics: null, chosen: cluster('lab', 'unreachable'), topicsFailure: UNREACHABLE },
    'unreachable'
  ],
  [
    'topics are not allowed',
    { topics: null, topicsFailure: new Failure('forbidden', '') },
    'failed'
  ],
  ['a stopped broker', { chosen: cluster('local', 'stopped'), topics: null }, 'stopped'],
  ['a broker that starts', { chosen: cluster('local', 'connecting'), topics: null }, 'connecting'],
  ['a broker told to stop', { chosen: cluster('local', 'connected'), doing: 'stop' }, 'connecting'],
  ['no topics', { topics: 0, shown: 0 }, 'no-topics'],
  ['internal topics only', { hidden: 3, shown: 0 }, 'only-internal'],
  ['nothing matches', { shown: 0 }, 'no-match']
];

for (const [name, change, kind] of STATES) {
  test(`what the pane shows: ${name}`, () => {
    assert.equal(paneState({ ...FACTS, ...change }).kind, kind);
  });
}

test('a broker that failed tells why', () => {
  const brokerFailure = new Failure('server', 'the port is taken');
  const chosen = cluster('local', 'stopped', 'does not run');
  const state = paneState({ ...FACTS, topics: null, chosen, brokerFailure });
  assert.deepEqual(state, { kind: 'stopped', cause: 'The port is taken.', mayStart: true });
});
