import { type ISignal, Signal } from '@lumino/signaling';

import type { StreamRecord } from '../api/records.js';
import type { TailAnswer, TailNews } from '../api/tail.js';
import type { Bounds } from './cursor.js';
import { RECONNECT_AT_MOST_MS, RECONNECT_MS } from './limits.js';
import type { Socket } from './socket.js';
import { Model } from '../state/model.js';

/** The state of a socket that can be written to. */
const OPEN = 1;

/** How a tail is. */
export type TailState = 'connecting' | 'running' | 'trouble';

/**
 * A live tail of a topic, which loses nothing.
 *
 * The server sends no more before the page has painted what came, so what is not read yet waits in
 * Kafka. A connection that breaks is made again from where it was.
 */
export class Tail extends Model {
  /** `connect` opens a socket that begins at a place; `from` is where the tail begins. */
  constructor(
    private readonly connect: (from: Bounds) => Promise<Socket>,
    from: Bounds
  ) {
    super();
    this.#position = new Map(from);
    this.#told = new Map(from);
    void this.#open();
  }

  /** Told of the records that came, oldest first; whoever paints them says so by `painted`. */
  get came(): ISignal<this, readonly StreamRecord[]> {
    return this.#came;
  }

  get state(): TailState {
    return this.#state;
  }

  /** What the trouble is. */
  get reason(): string | null {
    return this.#reason;
  }

  /** How many records the cluster deleted before they could be read. */
  get lost(): number {
    return this.#lost;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Behind which records everything was told by `came`. */
  get told(): Bounds {
    return this.#told;
  }

  /** How many records wait: in the cluster, and here those that came after the pause. */
  get waiting(): number {
    return this.#behind + this.#held.length;
  }

  pause(): void {
    if (!this.#isPaused) {
      this.#isPaused = true;
      this.#send({ type: 'pause' });
      this.tell();
    }
  }

  resume(): void {
    if (this.#isPaused) {
      this.#isPaused = false;
      const held = this.#held;
      this.#held = [];
      this.#pass(held);
      this.#send({ type: 'resume' });
      this.tell();
    }
  }

  /** Say that everything that came has been painted, so that more may come. */
  painted(): void {
    if (this.#unpainted !== null && !this.#isPaused) {
      this.#send({ type: 'ack', sequence: this.#unpainted });
      this.#unpainted = null;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#isStopped = true;
    this.#socket?.close();
  }

  async #open(): Promise<void> {
    const socket = await this.connect(new Map(this.#position));
    if (this.#isStopped) {
      socket.close();
      return;
    }
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket && !this.#isStopped) {
        this.#receive(JSON.parse(String(data)) as TailNews);
      }
    };
    socket.onopen = () => {
      this.#wait = RECONNECT_MS;
      if (this.#isPaused) {
        this.#send({ type: 'pause' });
      }
    };
    socket.onclose = ({ reason }) => {
      if (socket === this.#socket && !this.#isStopped) {
        this.#connectLater(reason);
      }
    };
  }

  #connectLater(reason: string): void {
    // The server may have said before why it closes.
    this.#become('trouble', reason === '' ? this.#reason : reason);
    this.#unpainted = null;
    this.#timer = setTimeout(() => {
      this.#become('connecting', this.#reason);
      void this.#open();
    }, this.#wait);
    this.#wait = Math.min(2 * this.#wait, RECONNECT_AT_MOST_MS);
  }

  #receive(news: TailNews): void {
    switch (news.type) {
      case 'records':
        this.#unpainted = news.sequence;
        this.#take(news.records.filter(record => this.#isNext(record)));
        break;
      case 'state':
        this.#lost = news.lost;
        this.#become(news.state, news.reason);
        break;
      case 'error':
        this.#become('trouble', [news.message, news.reason].filter(Boolean).join(' '));
        break;
      case 'behind':
        this.#behind = news.records;
        this.tell();
    }
  }

  #take(records: readonly StreamRecord[]): void {
    if (this.#isPaused) {
      this.#held.push(...records);
      this.#behind = Math.max(0, this.#behind - records.length);
      this.tell();
    } else {
      this.#pass(records);
    }
  }

  #pass(records: readonly StreamRecord[]): void {
    this.#came.emit(records);
    for (const { partition, offset } of records) {
      this.#told.set(partition, offset + 1);
    }
  }

  /** Say whether a record is new; a connection made again may bring some that are known. */
  #isNext({ partition, offset }: StreamRecord): boolean {
    const isNext = offset >= (this.#position.get(partition) ?? 0);
    if (isNext) {
      this.#position.set(partition, offset + 1);
    }
    return isNext;
  }

  #become(state: TailState, reason: string | null): void {
    this.#state = state;
    this.#reason = reason;
    this.tell();
  }

  #send(answer: TailAnswer): void {
    // A socket that is not open is told everything when it is.
    if (this.#socket?.readyState === OPEN) {
      this.#socket.send(JSON.stringify(answer));
    }
  }

  readonly #came = new Signal<this, readonly StreamRecord[]>(this);
  readonly #position: Map<number, number>;
  readonly #told: Map<number, number>;
  #held: StreamRecord[] = [];
  #socket: Socket | null = null;
  #state: TailState = 'connecting';
  #reason: string | null = null;
  #behind = 0;
  #lost = 0;
  #unpainted: number | null = null;
  #isPaused = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = RECONNECT_MS;
}
