/** A topic of a cluster. */
export interface TopicPlace {
  readonly cluster: string;
  readonly topic: string;
}
