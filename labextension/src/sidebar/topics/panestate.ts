import type { BrokerAction, Cluster } from '../api/clusters.js';
import type { Failure } from '../api/failure.js';
import { sentences } from '../state/sentences.js';

/** What decides what the topics' pane shows. */
export interface PaneFacts {
  /** Whether the server told its clusters. */
  readonly isKnown: boolean;
  readonly chosen: Cluster | null;
  readonly doing: BrokerAction | null;
  readonly brokerFailure: Failure | null;
  /** Whether the local broker can be started from here. */
  readonly mayStart: boolean;
  /** Why clusters, or topics, were not told the last time. */
  readonly clustersFailure: Failure | null;
  readonly topicsFailure: Failure | null;
  /** How many topics there are; null before the cluster told. */
  readonly topics: number | null;
  readonly hidden: number;
  readonly shown: number;
}

/** What the pane shows. */
export type PaneState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'no-cluster' }
  | { readonly kind: 'stopped'; readonly cause: string | null; readonly mayStart: boolean }
  | { readonly kind: 'connecting'; readonly cluster: Cluster }
  | { readonly kind: 'unreachable'; readonly cluster: Cluster }
  | { readonly kind: 'no-topics' }
  | { readonly kind: 'only-internal'; readonly hidden: number }
  | { readonly kind: 'no-match'; readonly hidden: number }
  /** Topics; when they are not up to date, `failure` tells why. */
  | { readonly kind: 'topics'; readonly failure: Failure | null };

/** Decide what the pane shows. */
export function paneState(facts: PaneFacts): PaneState {
  if (!facts.isKnown) {
    const failure = facts.clustersFailure;
    return failure === null ? { kind: 'loading' } : { kind: 'failed', failure };
  }
  if (facts.chosen === null) {
    return { kind: 'no-cluster' };
  }
  return ofBroker(facts, facts.chosen) ?? ofTopics(facts, facts.chosen);
}

function ofBroker(facts: PaneFacts, chosen: Cluster): PaneState | null {
  if (chosen.kind !== 'local') {
    return null;
  }
  const isThere = chosen.state === 'connected' || facts.topics !== null;
  if (facts.doing !== null || (chosen.state === 'connecting' && !isThere)) {
    return { kind: 'connecting', cluster: chosen };
  }
  if (chosen.state === 'stopped') {
    return { kind: 'stopped', cause: causeOf(facts.brokerFailure), mayStart: facts.mayStart };
  }
  return null;
}

function causeOf(failure: Failure | null): string | null {
  return failure && sentences(failure.message, failure.reason, failure.remedy);
}

function ofTopics(facts: PaneFacts, chosen: Cluster): PaneState {
  if (facts.topics === null) {
    return withoutTopics(facts.topicsFailure, chosen);
  }
  if (facts.topics === 0) {
    return { kind: 'no-topics' };
  }
  if (facts.hidden === facts.topics) {
    return { kind: 'only-internal', hidden: facts.hidden };
  }
  if (facts.shown === 0) {
    return { kind: 'no-match', hidden: facts.hidden };
  }
  return { kind: 'topics', failure: facts.topicsFailure ?? facts.clustersFailure };
}

function withoutTopics(failure: Failure | null, chosen: Cluster): PaneState {
  const isUnreachable = failure === null || failure.kind === 'unreachable';
  if (chosen.state === 'unreachable' && isUnreachable) {
    return { kind: 'unreachable', cluster: chosen };
  }
  if (failure !== null) {
    return { kind: 'failed', failure };
  }
  return chosen.state === 'connecting'
    ? { kind: 'connecting', cluster: chosen }
    : { kind: 'loading' };
}
