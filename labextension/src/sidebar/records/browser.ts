import { Signal } from '@lumino/signaling';

import type { Place, StreamRecord } from '../api/records.js';
import type { SearchedPart } from '../api/tail.js';
import type { Look, TopicQuestions } from './asking.js';
import { Pager } from './pager.js';
import { isDownwards, placeOf, type Start } from './place.js';
import { type Rows, rowsOfList, rowsOfWindow } from './rows.js';
import { RecordSearch } from './search.js';
import { Tail } from './tail.js';
import { RecordWindow } from './window.js';
import { Model } from '../state/model.js';

const NEWEST: Start = { kind: 'newest' };

/** Goes through the records of a topic: in pages, with a live tail, or by a search. */
export class RecordBrowser extends Model {
  readonly window = new RecordWindow();
  readonly pager: Pager;

  /** `now` tells the time in seconds since the epoch. */
  constructor(
    readonly questions: TopicQuestions,
    private readonly now: () => number = () => Date.now() / 1000
  ) {
    super();
    this.pager = new Pager(this.window, (question, signal) =>
      questions.page(question, this.#look, signal)
    );
    this.window.changed.connect(this.#heard);
    this.pager.changed.connect(this.#heard);
  }

  get start(): Start {
    return this.#start;
  }

  get look(): Look {
    return this.#look;
  }

  /** The live tail while there is one. */
  get tail(): Tail | null {
    return this.#tail;
  }

  /** The search whose records are shown instead of the topic's, while there is one. */
  get search(): RecordSearch | null {
    return this.#search;
  }

  /** What is shown, from the top down. */
  get rows(): Rows {
    return this.#search === null
      ? rowsOfWindow(this.window, isDownwards(this.#start))
      : rowsOfList(this.#search.found, -this.#searches);
  }

  /** The place that is shown, as the server reads it. */
  get place(): Place {
    return placeOf(this.#start, this.now());
  }

  /** Show a topic from a place on. */
  async open(start: Start): Promise<void> {
    this.endTail();
    this.closeSearch();
    this.#start = start;
    this.#opened += 1;
    await this.pager.open(this.place);
  }

  /** Show the same place anew; a tail goes on from what is newest now. */
  async refresh(): Promise<void> {
    await (this.#tail === null ? this.open(this.#start) : this.goLive());
  }

  async choosePartition(partition: Look['partition']): Promise<void> {
    this.#look = { ...this.#look, partition };
    await this.refresh();
  }

  /** Read all in another format, and stay where the record of a row is at the top. */
  async chooseFormat(as: Look['as'], top: number): Promise<void> {
    const isLive = this.#tail !== null;
    const index = this.rows.serialOf(top) - this.window.first;
    this.#look = { ...this.#look, as };
    if (this.#search !== null || this.window.length === 0) {
      await this.refresh();
    } else if (isLive) {
      await this.goLive();
    } else if (isDownwards(this.#start)) {
      await this.pager.openBefore(this.window.placeBehind(index));
    } else {
      await this.pager.openAfter(this.window.placeBehind(index - 1));
    }
  }

  /** Show the newest records, and whatever comes from then on. */
  async goLive(): Promise<void> {
    const opening = this.open(NEWEST);
    const opened = this.#opened;
    await opening;
    if (this.pager.state.state === 'ready' && opened === this.#opened) {
      this.#begin(new Tail(from => this.questions.tail(from, this.#look), this.window.end));
    }
  }

  endTail(): void {
    this.#tail?.stop();
    this.#tail = null;
    this.tell();
  }

  /** Find a text from the place that is shown on, and show what is found. */
  searchFor(text: string, parts: readonly SearchedPart[]): void {
    this.endTail();
    this.closeSearch();
    this.#searches += 1;
    const look = this.#look;
    this.#search = new RecordSearch(place => this.questions.search(text, parts, place, look), {
      from: this.place
    });
    this.#search.changed.connect(this.#heard);
    this.tell();
  }

  /** Show the topic's records again. */
  closeSearch(): void {
    this.#search?.close();
    this.#search = null;
    this.tell();
  }

  /** Let the tail wait while nobody sees it, and go on unless it was made to wait. */
  setVisible(isVisible: boolean): void {
    if (!isVisible && this.#tail?.isPaused === false) {
      this.#tail.pause();
      this.#isHidden = true;
    } else if (isVisible && this.#isHidden) {
      this.#tail?.resume();
      this.#isHidden = false;
    }
  }

  dispose(): void {
    this.pager.stop();
    this.#tail?.stop();
    this.#search?.close();
    Signal.clearData(this);
  }

  #begin(tail: Tail): void {
    this.#tail = tail;
    tail.changed.connect(this.#heard);
    tail.came.connect((_, records) => {
      this.#take(tail, records);
    });
    this.tell();
  }

  #take(tail: Tail, records: readonly StreamRecord[]): void {
    // Where the end of the window was dropped to make room for older ones, it begins anew.
    if (this.pager.newer.state !== 'end') {
      this.pager.restartAt(tail.told);
    }
    this.pager.tailed(records);
  }

  readonly #heard = (): void => {
    this.tell();
  };

  #start = NEWEST;
  #look: Look = { partition: 'all', as: 'auto' };
  #tail: Tail | null = null;
  #search: RecordSearch | null = null;
  #searches = 0;
  #opened = 0;
  #isHidden = false;
}
