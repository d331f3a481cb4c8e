import { MOST_FIGURES, type StreamApi } from '../api/client.js';
import type { Failure } from '../api/failure.js';
import type { Figures, FiguresOfTopics, NoFigures } from '../api/topics.js';
import { Model } from '../state/model.js';
import { Repeating } from '../state/repeating.js';
import { RateHistory } from './ratehistory.js';

/** What is asked. */
export type FiguresApi = Pick<StreamApi, 'figures'>;

/** What is known of a topic. */
export interface KnownFigures {
  readonly figures: Figures | NoFigures;
  readonly history: RateHistory;
}

/** How much is in the topics that can be seen, and how fast they grow. */
export class FiguresModel extends Model {
  /** `pause` is the time between two questions, in milliseconds. */
  constructor(
    private readonly api: FiguresApi,
    private readonly pause: () => number
  ) {
    super();
  }

  of(topic: string): KnownFigures | null {
    return this.#known.get(topic) ?? null;
  }

  /** Why the last question was not answered. */
  get failure(): Failure | null {
    return this.#failure;
  }

  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    this.#go();
  }

  /** Ask for the figures of these topics from now on: those that can be seen. */
  watch(cluster: string | null, topics: readonly string[]): void {
    const isOther = cluster !== this.#cluster;
    const wanted = topics.slice(0, MOST_FIGURES);
    const isMore = wanted.some(topic => !this.#known.has(topic));
    this.#cluster = cluster;
    this.#wanted = wanted;
    if (isOther) {
      this.#known.clear();
      this.#failure = null;
      this.#asking.restart();
    } else if (isMore) {
      this.#asking.soon();
    }
    this.#go();
  }

  refresh(): void {
    this.#asking.soon();
  }

  #go(): void {
    this.#asking.setActive(this.#isActive && this.#cluster !== null && this.#wanted.length > 0);
  }

  #take({ figures }: FiguresOfTopics): void {
    this.#failure = null;
    for (const [topic, told] of Object.entries(figures)) {
      const history = this.#known.get(topic)?.history ?? new RateHistory();
      if (!('error' in told)) {
        history.add(told.high, 1000 * told.time);
      }
      this.#known.set(topic, { figures: told, history });
    }
    this.tell();
  }

  #cluster: string | null = null;
  #wanted: readonly string[] = [];
  #failure: Failure | null = null;
  #isActive = false;
  readonly #known = new Map<string, KnownFigures>();
  readonly #asking = new Repeating(
    signal => this.api.figures(this.#cluster ?? '', this.#wanted, signal),
    {
      answered: answer => {
        this.#take(answer);
      },
      failed: failure => {
        this.#failure = failure;
        this.tell();
      }
    },
    () => this.pause()
  );
}
