import { Signal } from '@lumino/signaling';

import { asFailure, type Failure } from '../api/failure.js';
import type { FormatChoice, Preview, StreamRecord } from '../api/records.js';
import { Model } from '../state/model.js';

/** What of a record is asked for when it is looked at. */
export interface RecordQuestions {
  readonly whole: (as: FormatChoice, signal: AbortSignal) => Promise<StreamRecord>;
  readonly preview: (signal: AbortSignal) => Promise<Preview>;
}

/** Something that is asked for. */
export type Fetched<Answer> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly answer: Answer }
  | { readonly state: 'failed'; readonly failure: Failure };

const LOADING = { state: 'loading' } as const;

/** A record that was opened, to be seen whole: its parts are asked for when they are looked at. */
export class OpenedRecord extends Model {
  /** `record` is what the list knows of it. */
  constructor(
    readonly record: StreamRecord,
    as: FormatChoice,
    private readonly questions: RecordQuestions
  ) {
    super();
    this.#as = as;
  }

  /** How the value is read. */
  get as(): FormatChoice {
    return this.#as;
  }

  /** The record with much more of its text. */
  whole(): Fetched<StreamRecord> {
    return this.#fetch('whole', signal => this.questions.whole(this.#as, signal));
  }

  /** The record with its value as hexadecimal bytes. */
  bytes(): Fetched<StreamRecord> {
    return this.#fetch('bytes', signal => this.questions.whole('bytes', signal));
  }

  picture(): Fetched<Preview> {
    return this.#fetch('picture', signal => this.questions.preview(signal));
  }

  read(as: FormatChoice): void {
    this.#as = as;
    this.#fetched.delete('whole');
    this.tell();
  }

  /** Ask again for what failed. */
  retry(): void {
    for (const [name, { state }] of this.#fetched) {
      if (state === 'failed') {
        this.#fetched.delete(name);
      }
    }
    this.tell();
  }

  /** Give up what is under way. */
  close(): void {
    this.#controller.abort();
    Signal.clearData(this);
  }

  #fetch<Answer>(name: string, ask: (signal: AbortSignal) => Promise<Answer>): Fetched<Answer> {
    const fetched = this.#fetched.get(name);
    if (fetched === undefined) {
      this.#fetched.set(name, LOADING);
      void this.#answer(name, ask);
      return LOADING;
    }
    return fetched as Fetched<Answer>;
  }

  async #answer(name: string, ask: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const { signal } = this.#controller;
    const as = this.#as;
    const fetched = await ask(signal).then(
      (answer): Fetched<unknown> => ({ state: 'ready', answer }),
      (error: unknown): Fetched<unknown> => ({ state: 'failed', failure: asFailure(error) })
    );
    // An answer in another format than the one chosen meanwhile comes too late.
    if (!signal.aborted && (name !== 'whole' || as === this.#as)) {
      this.#fetched.set(name, fetched);
      this.tell();
    }
  }

  readonly #controller = new AbortController();
  readonly #fetched = new Map<string, Fetched<unknown>>();
  #as: FormatChoice;
}
