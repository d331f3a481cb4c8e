import type { StreamRecord } from '../api/records.js';
import type { SearchNews, SearchQuestion } from '../api/tail.js';
import { MOST_FOUND } from './limits.js';
import type { Socket } from './socket.js';
import { Model } from '../state/model.js';

/**
 * How a search stands: `budget` used up its bytes or its time, `limit` found as many as are shown,
 * `broken` lost its connection.
 */
export type SearchState = 'running' | 'done' | 'limit' | 'budget' | 'stopped' | 'broken';

/** What a search has cost so far. */
export interface SearchCost {
  readonly scanned: number;
  /** Of how many; 0 while that is not known. */
  readonly of: number;
  readonly bytes: number;
  readonly seconds: number;
}

const NOTHING: SearchCost = { scanned: 0, of: 0, bytes: 0, seconds: 0 };

/** Where a search begins, or goes on. */
export type SearchPlace = Pick<SearchQuestion, 'from' | 'after' | 'before'>;

/** A search through a topic: what it found, how far it is, and from where it can go on. */
export class RecordSearch extends Model {
  /** `connect` starts the search, or lets it go on. */
  constructor(
    private readonly connect: (place: SearchPlace) => Socket,
    start: SearchPlace,
    private readonly most = MOST_FOUND
  ) {
    super();
    this.#socket = this.#open(start);
  }

  get state(): SearchState {
    return this.#state;
  }

  /** What was found, in the order in which it was. */
  get found(): readonly StreamRecord[] {
    return this.#found;
  }

  /** What all parts of the search have cost together. */
  get cost(): SearchCost {
    return sum(this.#before, this.#now);
  }

  /** Why the connection broke. */
  get reason(): string | null {
    return this.#reason;
  }

  get canGoOn(): boolean {
    return this.#next !== null && this.#found.length < this.most;
  }

  /** Ask the server to stop; what it found before it did still comes. */
  stop(): void {
    if (this.#state === 'running') {
      this.#socket.send(JSON.stringify({ type: 'stop' }));
    }
  }

  /** Search on where the last part ended. */
  goOn(): void {
    if (this.#next !== null) {
      this.#before = this.cost;
      this.#now = NOTHING;
      this.#socket = this.#open(this.#next);
      this.#next = null;
      this.#become('running');
    }
  }

  /** Give the search up. */
  close(): void {
    this.#isClosed = true;
    this.#socket.close();
  }

  #open(place: SearchPlace): Socket {
    const socket = this.connect(place);
    socket.onmessage = ({ data }) => {
      if (!this.#isClosed) {
        this.#receive(JSON.parse(String(data)) as SearchNews);
      }
    };
    socket.onclose = ({ reason }) => {
      if (!this.#isClosed && this.#state === 'running' && socket === this.#socket) {
        this.#reason = reason === '' ? null : reason;
        this.#become('broken');
      }
    };
    return socket;
  }

  #receive(news: SearchNews): void {
    switch (news.type) {
      case 'found':
        this.#take(news.records);
        break;
      case 'progress':
        this.#now = news;
        this.tell();
        break;
      case 'error':
        this.#reason = [news.message, news.reason].filter(Boolean).join(' ');
        this.#become('broken');
        break;
      case 'end':
        this.#next = placeIn(news);
        this.#become(news.reason);
        this.#socket.close();
    }
  }

  #take(records: readonly StreamRecord[]): void {
    if (this.#state !== 'running') {
      return;
    }
    this.#found = [...this.#found, ...records].slice(0, this.most);
    if (this.#found.length === this.most) {
      this.#become('limit');
      this.#socket.close();
    } else {
      this.tell();
    }
  }

  #become(state: SearchState): void {
    this.#state = state;
    this.tell();
  }

  #socket: Socket;
  #state: SearchState = 'running';
  #found: readonly StreamRecord[] = [];
  #before = NOTHING;
  #now = NOTHING;
  #next: SearchPlace | null = null;
  #reason: string | null = null;
  #isClosed = false;
}

function placeIn(news: SearchPlace): SearchPlace | null {
  if (news.before !== undefined) {
    return { before: news.before };
  }
  return news.after === undefined ? null : { after: news.after };
}

function sum(one: SearchCost, other: SearchCost): SearchCost {
  return {
    scanned: one.scanned + other.scanned,
    of: one.scanned + other.of,
    bytes: one.bytes + other.bytes,
    seconds: one.seconds + other.seconds
  };
}
