import type { StreamApi } from '../api/client.js';
import type { Failure } from '../api/failure.js';
import type { TopicDetail } from '../api/topics.js';
import { Model } from '../state/model.js';
import { Repeating } from '../state/repeating.js';
import type { TopicPlace } from '../topicplace.js';
import { PartitionRates } from './partitionrates.js';

/** What the model asks. */
export type TopicDetailApi = Pick<StreamApi, 'topic'>;

/** Everything about one topic, kept up to date while somebody looks. */
export class TopicModel extends Model {
  /** `pause` is the time between two questions, in milliseconds. */
  constructor(
    readonly place: TopicPlace,
    private readonly api: TopicDetailApi,
    private readonly pause: () => number
  ) {
    super();
  }

  /** What the server told last; null before its first answer. */
  get detail(): TopicDetail | null {
    return this.#detail;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** When the detail was so, in milliseconds since the epoch. */
  get time(): number {
    return this.#time;
  }

  /** Records a second of a partition; null before it can be told. */
  rate(partition: number): number | null {
    return this.#rates.of(partition);
  }

  /** Records a second of all partitions. */
  get totalRate(): number | null {
    return this.#rates.total;
  }

  setActive(isActive: boolean): void {
    this.#asking.setActive(isActive);
    if (!isActive) {
      this.#rates.forget();
    }
  }

  refresh(): void {
    this.#asking.restart();
  }

  #take(detail: TopicDetail): void {
    this.#detail = detail;
    this.#failure = null;
    this.#time = Date.now();
    this.#rates.add(detail.partitions, this.#time);
    this.tell();
  }

  #detail: TopicDetail | null = null;
  #failure: Failure | null = null;
  #time = 0;
  readonly #rates = new PartitionRates();
  readonly #asking = new Repeating(
    signal => this.api.topic(this.place.cluster, this.place.topic, signal),
    {
      answered: detail => {
        this.#take(detail);
      },
      failed: failure => {
        this.#failure = failure;
        this.tell();
      }
    },
    () => this.pause()
  );
}
