import type { FormatChoice, PartitionChoice, Place, StreamRecord } from './records.js';

/** Which topic is tailed from where: behind the `after` of a page, it joins without a gap. */
export interface TailQuestion {
  readonly from?: Place;
  readonly after?: string;
  readonly partition?: PartitionChoice;
  readonly as?: FormatChoice;
}

/** What the server says before it closes a socket because it cannot go on. */
export interface Trouble {
  readonly type: 'error';
  readonly message: string;
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** What the server says in a live tail. */
export type TailNews =
  | {
      readonly type: 'records';
      readonly records: readonly StreamRecord[];
      readonly sequence: number;
    }
  | {
      readonly type: 'state';
      readonly state: 'running' | 'trouble';
      readonly reason: string | null;
      /** How many records the cluster deleted before they were read. */
      readonly lost: number;
    }
  | { readonly type: 'behind'; readonly records: number }
  | Trouble;

/** What the page says in a live tail. */
export type TailAnswer =
  | { readonly type: 'ack'; readonly sequence: number }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' };

/** Where a text can stand. */
export type SearchedPart = 'key' | 'value' | 'headers';

/** What is searched for, and where. */
export interface SearchQuestion {
  readonly text: string;
  readonly in: readonly SearchedPart[];
  readonly from?: Place;
  readonly partition?: PartitionChoice;
  /** How many to find at most. */
  readonly limit?: number;
  /** Goes on where a search ended early: upwards, or downwards from the newest. */
  readonly after?: string;
  readonly before?: string;
  readonly as?: FormatChoice;
}

/** What the server says in a search. */
export type SearchNews =
  | { readonly type: 'found'; readonly records: readonly StreamRecord[] }
  | {
      readonly type: 'progress';
      readonly scanned: number;
      readonly of: number;
      readonly bytes: number;
      readonly seconds: number;
    }
  | {
      readonly type: 'end';
      readonly reason: 'done' | 'limit' | 'stopped' | 'budget';
      /** From where it can go on, one of the two. */
      readonly after?: string;
      readonly before?: string;
    }
  | Trouble;

/** What the page says in a search. */
export interface SearchAnswer {
  readonly type: 'stop';
}
