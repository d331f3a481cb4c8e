import { count, type Fields, fields, list, nullable, number, text, WireError } from './wire.js';

const STATES = ['starting', 'waiting', 'running', 'paused', 'finished', 'failed'] as const;

export type JobState = (typeof STATES)[number];

const KINDS = ['upload', 'download', 'watch'] as const;

/** What a job does: it sends files, writes them to a directory, or shows them as they come. */
export type JobKind = (typeof KINDS)[number];

/** One kind of trouble, with its newest occurrence. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly count: number;
}

/** A file of which a part has come so far. */
export interface UnfinishedFile {
  readonly path: string;
  readonly received: number;
  /** Null while unknown. */
  readonly total: number | null;
}

/** What is known of a job. */
export interface Card {
  /** What the job does, in a few words. */
  readonly name: string;
  readonly kind: JobKind;
  readonly state: JobState;
  /** Why the job has ended. */
  readonly reason: string | null;
  /** What hinders the job, which will recover by itself. */
  readonly trouble: string | null;
  readonly files: number;
  readonly records: number;
  readonly bytes: number;
  /** What an analysis gave so far. */
  readonly results: number;
  readonly recordsPerSecond: number;
  readonly filesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Records still to be read; null while unknown. */
  readonly lag: number | null;
  /** Name of the newest file. */
  readonly latest: string | null;
  /** Records that could not be used. */
  readonly skipped: number;
  readonly errors: number;
  /** All files that are to be brought over; null while unknown. */
  readonly filesTotal: number | null;
  /** Bytes of content that are safe: stored by the broker, or complete at the receiver. */
  readonly contentBytes: number;
  readonly contentBytesTotal: number | null;
  /** Null while unknown. */
  readonly secondsLeft: number | null;
  /** Files that needed no work, because they had been brought over before. */
  readonly duplicates: number;
  /** Files of which a part has come so far. */
  readonly unfinished: number;
  /** Records that the cluster deleted before they were read. */
  readonly lost: number;
  /** The topics that are watched now. */
  readonly topics: readonly string[];
  /** Which plot was chosen for the first results, and why. */
  readonly plotChoice: string | null;
  readonly filesInProgress: readonly UnfinishedFile[];
}

/** Say whether a job in this state does nothing any more. */
export function hasEnded(state: JobState): boolean {
  return state === 'finished' || state === 'failed';
}

/** Say whether a job in this state makes no progress, so that rates of before mean nothing. */
export function rests(state: JobState): boolean {
  return state === 'paused' || hasEnded(state);
}

/** Read the card of a frame's header. */
export function readCard(value: unknown): Card {
  const card = fields(value, 'card');
  return {
    name: text(card, 'name'),
    kind: readOne(card, 'kind', KINDS),
    state: readOne(card, 'state', STATES),
    reason: nullable(card, 'reason', text),
    trouble: nullable(card, 'trouble', text),
    files: count(card, 'files'),
    records: count(card, 'records'),
    bytes: count(card, 'bytes'),
    results: count(card, 'results'),
    recordsPerSecond: number(card, 'records_per_second'),
    filesPerSecond: number(card, 'files_per_second'),
    bytesPerSecond: number(card, 'bytes_per_second'),
    lag: nullable(card, 'lag', count),
    latest: nullable(card, 'latest', text),
    skipped: count(card, 'skipped'),
    errors: count(card, 'errors'),
    filesTotal: nullable(card, 'files_total', count),
    contentBytes: count(card, 'content_bytes'),
    contentBytesTotal: nullable(card, 'content_bytes_total', count),
    secondsLeft: nullable(card, 'seconds_left', number),
    duplicates: count(card, 'duplicates'),
    unfinished: count(card, 'unfinished'),
    lost: count(card, 'lost'),
    topics: list(card, 'topics', item => text({ topic: item }, 'topic')),
    plotChoice: nullable(card, 'plot_choice', text),
    filesInProgress: list(card, 'files_in_progress', readUnfinished)
  };
}

function readOne<T extends string>(card: Fields, name: string, known: readonly T[]): T {
  const value = text(card, name);
  const found = known.find(one => one === value);
  if (found === undefined) {
    throw new WireError(`${name} "${value}" is unknown`);
  }
  return found;
}

function readUnfinished(value: unknown): UnfinishedFile {
  const file = fields(value, 'file');
  return {
    path: text(file, 'path'),
    received: count(file, 'received'),
    total: nullable(file, 'total', count)
  };
}

/** Read a problem of a frame's header. */
export function readProblem(value: unknown): Problem {
  const problem = fields(value, 'problem');
  return {
    title: text(problem, 'title'),
    detail: text(problem, 'detail'),
    count: count(problem, 'count')
  };
}
