import type { StreamApi } from '../api/client.js';
import type { Failure } from '../api/failure.js';
import type { ConsumerGroup } from '../api/topics.js';
import { Model } from '../state/model.js';
import { Repeating } from '../state/repeating.js';
import type { TopicPlace } from '../topicplace.js';

/** What is asked. */
export type GroupsApi = Pick<StreamApi, 'groups'>;

/** The consumer groups of a topic, kept up to date while somebody looks. */
export class GroupsModel extends Model {
  /** `pause` is the time between two questions, in milliseconds. */
  constructor(
    private readonly place: TopicPlace,
    private readonly api: GroupsApi,
    private readonly pause: () => number
  ) {
    super();
  }

  /** The groups, those with the largest lag first; null before the first answer. */
  get groups(): readonly ConsumerGroup[] | null {
    return this.#groups;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  setActive(isActive: boolean): void {
    this.#asking.setActive(isActive);
  }

  refresh(): void {
    this.#asking.restart();
  }

  #groups: readonly ConsumerGroup[] | null = null;
  #failure: Failure | null = null;
  readonly #asking = new Repeating(
    signal => this.api.groups(this.place.cluster, this.place.topic, signal),
    {
      answered: ({ groups }) => {
        this.#groups = [...groups].sort((one, other) => (other.lag ?? -1) - (one.lag ?? -1));
        this.#failure = null;
        this.tell();
      },
      failed: failure => {
        this.#failure = failure;
        this.tell();
      }
    },
    () => this.pause()
  );
}
