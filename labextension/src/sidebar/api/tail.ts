import type { FormatChoice, PartitionChoice, Place, StreamRecord } from './records.js';

/** Which topic is tailed from where. */
export interface TailQuestion {
  readonly from?: 'newest' | `offset:${number}`;
  readonly partition?: PartitionChoice;
  readonly as?: FormatChoice;
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
    }
  | { readonly type: 'behind'; readonly records: number };

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
  /** Goes on where a search ended for want of time or bytes. */
  readonly after?: string;
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
  | { readonly type: 'end'; readonly reason: 'done' | 'limit' | 'stopped' }
  | { readonly type: 'end'; readonly reason: 'budget'; readonly after: string };

/** What the page says in a search. */
export interface SearchAnswer {
  readonly type: 'stop';
}
