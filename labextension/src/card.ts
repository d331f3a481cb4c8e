import { count, type Fields, fields, list, nullable, number, text, WireError } from './wire.js';

const STATES = ['starting', 'waiting', 'running', 'paused', 'finished', 'failed'] as const;

export type JobState = (typeof STATES)[number];

/** One kind of trouble, with its newest occurrence. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly count: number;
}

/** What is known of a job. */
export interface Card {
  /** What the job does, in a few words. */
  readonly name: string;
  readonly state: JobState;
  /** Why the job has ended. */
  readonly reason: string | null;
  /** What hinders the job, which will recover by itself. */
  readonly trouble: string | null;
  readonly files: number;
  readonly records: number;
  readonly bytes: number;
  readonly filesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Records still to be read; null while unknown. */
  readonly lag: number | null;
  /** Name of the newest file. */
  readonly latest: string | null;
  /** Records that could not be used. */
  readonly skipped: number;
  readonly errors: number;
  /** Newest first. */
  readonly problems: readonly Problem[];
}

/** Say whether a job in this state does nothing any more. */
export function hasEnded(state: JobState): boolean {
  return state === 'finished' || state === 'failed';
}

/** Read the card of a frame's header. */
export function readCard(value: unknown): Card {
  const card = fields(value, 'card');
  return {
    name: text(card, 'name'),
    state: readState(card),
    reason: nullable(card, 'reason', text),
    trouble: nullable(card, 'trouble', text),
    files: count(card, 'files'),
    records: count(card, 'records'),
    bytes: count(card, 'bytes'),
    filesPerSecond: number(card, 'files_per_second'),
    bytesPerSecond: number(card, 'bytes_per_second'),
    lag: nullable(card, 'lag', count),
    latest: nullable(card, 'latest', text),
    skipped: count(card, 'skipped'),
    errors: count(card, 'errors'),
    problems: list(card, 'problems', readProblem)
  };
}

function readState(card: Fields): JobState {
  const state = text(card, 'state');
  const known = STATES.find(name => name === state);
  if (known === undefined) {
    throw new WireError(`state "${state}" is unknown`);
  }
  return known;
}

function readProblem(value: unknown): Problem {
  const problem = fields(value, 'problem');
  return {
    title: text(problem, 'title'),
    detail: text(problem, 'detail'),
    count: count(problem, 'count')
  };
}
