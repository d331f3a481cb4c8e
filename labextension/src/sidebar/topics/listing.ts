import type { StreamApi } from '../api/client.js';
import type { Cluster } from '../api/clusters.js';
import type { Failure } from '../api/failure.js';
import type { Topic, TopicList } from '../api/topics.js';
import type { ClustersModel } from '../clusters/clustersmodel.js';
import { Model } from '../state/model.js';
import { Repeating } from '../state/repeating.js';

/** How often topics are listed, in milliseconds. */
const PAUSE = 5000;

const BY_NAME = new Intl.Collator('en', { numeric: true });

/** What is asked. */
export type ListingApi = Pick<StreamApi, 'topics'>;

/** The topics of the chosen cluster, by name. */
export class Listing extends Model {
  constructor(
    private readonly api: ListingApi,
    private readonly clusters: Pick<ClustersModel, 'chosen' | 'changed'>
  ) {
    super();
    clusters.changed.connect(() => {
      this.#follow();
    });
    this.#follow();
  }

  /** The cluster whose topics these are. */
  get cluster(): string | null {
    return this.#cluster?.name ?? null;
  }

  /** The topics as they were told last; null before the first answer. */
  get topics(): readonly Topic[] | null {
    return this.#topics;
  }

  /** Why the last question was not answered. */
  get failure(): Failure | null {
    return this.#failure;
  }

  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    this.#go();
  }

  /** Ask the cluster itself now. */
  refresh(): void {
    this.#isFresh = true;
    this.#asking.restart();
  }

  #follow(): void {
    const before = this.#cluster;
    const now = this.clusters.chosen;
    this.#cluster = now;
    if (now?.name !== before?.name || now?.state === 'stopped') {
      this.#topics = null;
      this.#failure = null;
      this.#asking.restart();
    } else if (now?.state === 'connected' && before?.state !== 'connected') {
      this.#asking.restart();
    }
    this.#go();
    if (now?.name !== before?.name || now?.state !== before?.state) {
      this.tell();
    }
  }

  #go(): void {
    const isThere = this.#cluster !== null && this.#cluster.state !== 'stopped';
    this.#asking.setActive(this.#isActive && isThere);
  }

  #ask(signal: AbortSignal): Promise<TopicList> {
    const isFresh = this.#isFresh;
    this.#isFresh = false;
    return this.api.topics(this.#cluster?.name ?? '', isFresh, signal);
  }

  #take({ topics }: TopicList): void {
    const sorted = [...topics].sort((one, other) => BY_NAME.compare(one.name, other.name));
    const isSame = this.#topics !== null && sameTopics(this.#topics, sorted);
    if (!isSame || this.#failure !== null) {
      this.#topics = isSame ? this.#topics : sorted;
      this.#failure = null;
      this.tell();
    }
  }

  #cluster: Cluster | null = null;
  #topics: readonly Topic[] | null = null;
  #failure: Failure | null = null;
  #isActive = false;
  #isFresh = false;
  readonly #asking = new Repeating(
    signal => this.#ask(signal),
    {
      answered: list => {
        this.#take(list);
      },
      failed: failure => {
        this.#failure = failure;
        this.tell();
      }
    },
    () => PAUSE
  );
}

function sameTopics(some: readonly Topic[], others: readonly Topic[]): boolean {
  return (
    some.length === others.length &&
    some.every((topic, index) => {
      const other = others[index];
      return (
        topic.name === other.name &&
        topic.partitions === other.partitions &&
        topic.internal === other.internal
      );
    })
  );
}
