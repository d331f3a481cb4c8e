/** A topic, as far as the list of all of them tells. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly internal: boolean;
}

/** All topics, at a time in seconds since the epoch. */
export interface TopicList {
  readonly topics: readonly Topic[];
  readonly time: number;
}

/** How much is in a topic. */
export interface Figures {
  readonly records: number;
  /** Whether the number of records is an upper bound. */
  readonly is_estimate: boolean;
  /** On disk; null where the cluster does not tell. */
  readonly bytes: number | null;
  /** When the last record came, in seconds since the epoch. */
  readonly newest: number | null;
  /** The sum of the high watermarks: what it grows by is what came. */
  readonly high: number;
  /** When this was so, in seconds since the epoch. */
  readonly time: number;
}

/** Why there are no figures of a topic. */
export interface NoFigures {
  readonly error: string;
}

/** The figures of topics by name. */
export interface FiguresOfTopics {
  readonly figures: Readonly<Record<string, Figures | NoFigures>>;
}

/** A partition: what it holds and who has it. */
export interface Partition {
  readonly partition: number;
  readonly low: number;
  readonly high: number;
  readonly leader: number | null;
  readonly replicas: readonly number[];
  readonly in_sync: readonly number[];
  readonly bytes: number | null;
}

/** A setting of a topic; a secret one has no value here. */
export interface TopicSetting {
  readonly name: string;
  readonly value: string | null;
  readonly is_default: boolean;
}

/** How long records stay. Times in seconds, `oldest` since the epoch. */
export interface Retention {
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly compacted: boolean;
  readonly oldest: number | null;
  readonly expires_in: number | null;
}

/** Everything about a topic. */
export interface TopicDetail {
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: readonly Partition[];
  readonly settings: readonly TopicSetting[];
  readonly retention: Retention;
}

/** How far a consumer group is in a partition. */
export interface GroupPartition {
  readonly partition: number;
  readonly committed: number | null;
  readonly lag: number | null;
}

/** A consumer group that reads a topic. */
export interface ConsumerGroup {
  readonly name: string;
  readonly state: string;
  readonly members: number;
  readonly lag: number | null;
  readonly partitions: readonly GroupPartition[];
  readonly client_ids: readonly string[];
}

/** The consumer groups of a topic. */
export interface ConsumerGroups {
  readonly groups: readonly ConsumerGroup[];
}
