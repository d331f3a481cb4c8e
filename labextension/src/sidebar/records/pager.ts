import { asFailure, type Failure } from '../api/failure.js';
import type { Place, StreamRecord } from '../api/records.js';
import type { Bounds } from './cursor.js';
import { PAGE } from './limits.js';
import type { RecordWindow } from './window.js';
import { Model } from '../state/model.js';

/** What is known of one end of the window. */
export type Edge =
  | { readonly state: 'end' }
  | { readonly state: 'more' }
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What is known of the window as a whole. */
export type PagerState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Where a page is: at a place, or next to one that was had. */
export interface PageQuestion {
  readonly from?: Place;
  readonly before?: Bounds;
  readonly after?: Bounds;
}

/** Records that stand next to each other, and where they begin and end. */
export interface Page {
  readonly records: readonly StreamRecord[];
  /** None if there is nothing before. */
  readonly before: Bounds | null;
  readonly after: Bounds;
  readonly scannedBytes: number;
  /** Whether nothing but the end of the topic kept it from being full. */
  readonly complete: boolean;
}

/** Asks for a page of `PAGE` records. */
export type Ask = (question: PageQuestion, signal: AbortSignal) => Promise<Page>;

const MORE: Edge = { state: 'more' };
const END: Edge = { state: 'end' };
const LOADING = { state: 'loading' } as const;

/** Fills a window page by page. Where another place is opened, what is still under way is void. */
export class Pager extends Model {
  constructor(
    private readonly window: RecordWindow,
    private readonly ask: Ask
  ) {
    super();
  }

  get state(): PagerState {
    return this.#state;
  }

  get older(): Edge {
    return this.#older;
  }

  get newer(): Edge {
    return this.#newer;
  }

  /** How many bytes the cluster was read for what is shown. */
  get scannedBytes(): number {
    return this.#scannedBytes;
  }

  /** Show the first page of a place. */
  async open(from: Place): Promise<void> {
    await this.#begin({ from }, from === 'newest');
  }

  /** Show what stands before a place, the newest first. */
  async openBefore(before: Bounds): Promise<void> {
    await this.#begin({ before }, true, MORE);
  }

  /** Show what stands behind a place. */
  async openAfter(after: Bounds): Promise<void> {
    await this.#begin({ after }, false);
  }

  async loadOlder(): Promise<void> {
    if (this.#older.state === 'more' || this.#older.state === 'failed') {
      await this.#load(
        { before: this.window.begin },
        edge => (this.#older = edge),
        page => {
          this.#takeOlder(page);
        }
      );
    }
  }

  async loadNewer(): Promise<void> {
    if (this.#newer.state === 'more' || this.#newer.state === 'failed') {
      await this.lookForNewer();
    }
  }

  /** Load newer records also where there were none when it was looked last. */
  async lookForNewer(): Promise<void> {
    if (this.#newer.state !== 'loading') {
      await this.#load(
        { after: this.window.end },
        edge => (this.#newer = edge),
        page => {
          this.#takeNewer(page);
        }
      );
    }
  }

  /** Take in what a tail brought, behind what is shown. */
  tailed(records: readonly StreamRecord[]): void {
    this.#keepingOlder(() => {
      this.window.append(records);
    });
  }

  /** Begin anew at the end, where a tail goes on; what was there can be loaded again. */
  restartAt(end: Bounds): void {
    this.stop();
    this.window.restart(end);
    this.#state = { state: 'ready' };
    this.#older = MORE;
    this.#newer = END;
    this.tell();
  }

  /** Give up what is under way. */
  stop(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
  }

  async #begin(question: PageQuestion, isDownwards: boolean, newer = END): Promise<void> {
    this.stop();
    const { signal } = this.#controller;
    this.#scannedBytes = 0;
    this.#state = LOADING;
    this.#older = this.#newer = END;
    this.window.restart(new Map());
    this.tell();
    try {
      const page = await this.ask(question, signal);
      if (!signal.aborted) {
        this.#takeFirst(page, isDownwards, newer);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#state = { state: 'failed', failure: asFailure(error) };
      }
    }
    this.#tellUnless(signal);
  }

  #takeFirst(page: Page, isDownwards: boolean, newer: Edge): void {
    const begin = page.before ?? firstOf(page.records);
    // The cursors are all that is known of partitions that have no record on the page.
    const whole = new Map([...page.after, ...begin]);
    if (isDownwards) {
      this.window.restart(page.after);
      this.window.prepend(page.records, whole);
    } else {
      this.window.restart(whole);
      this.window.append(page.records, page.after);
    }
    this.#state = { state: 'ready' };
    this.#older = page.before === null ? END : MORE;
    this.#newer = isDownwards ? newer : newerOf(page);
    this.#count(page);
  }

  #takeOlder(page: Page): void {
    const length = this.window.length;
    this.window.prepend(page.records, page.before);
    this.#older = page.before === null ? END : MORE;
    if (this.window.length < length + page.records.length) {
      this.#newer = MORE;
    }
    this.#count(page);
  }

  #takeNewer(page: Page): void {
    this.#keepingOlder(() => {
      this.window.append(page.records, page.after);
    });
    this.#newer = newerOf(page);
    this.#count(page);
  }

  /** Whatever drops older records makes that there are some to load. */
  #keepingOlder(append: () => void): void {
    const dropped = this.window.dropped;
    append();
    if (this.window.dropped > dropped && this.#older.state === 'end') {
      this.#older = MORE;
      this.tell();
    }
  }

  async #load(
    question: PageQuestion,
    become: (edge: Edge) => void,
    take: (page: Page) => void
  ): Promise<void> {
    const { signal } = this.#controller;
    become(LOADING);
    this.tell();
    try {
      const page = await this.ask(question, signal);
      if (!signal.aborted) {
        take(page);
      }
    } catch (error) {
      if (!signal.aborted) {
        become({ state: 'failed', failure: asFailure(error) });
      }
    }
    this.#tellUnless(signal);
  }

  #count(page: Page): void {
    this.#scannedBytes += page.scannedBytes;
  }

  #tellUnless(signal: AbortSignal): void {
    if (!signal.aborted) {
      this.tell();
    }
  }

  #controller = new AbortController();
  #state: PagerState = LOADING;
  #older: Edge = END;
  #newer: Edge = END;
  #scannedBytes = 0;
}

/** A page that is not full, though nothing kept it from being so, is the last. */
function newerOf(page: Page): Edge {
  return page.records.length < PAGE && page.complete ? END : MORE;
}

/** Return where records begin that have nothing before them. */
function firstOf(records: readonly StreamRecord[]): Map<number, number> {
  const first = new Map<number, number>();
  for (const { partition, offset } of records) {
    first.set(partition, Math.min(offset, first.get(partition) ?? offset));
  }
  return first;
}
