import type { PartitionChoice, Place } from '../api/records.js';

/** Which records shall become a variable: a stretch of a topic, or single ones. */
export interface VariableChoice {
  readonly cluster: string;
  readonly topic: string;
  /** Partition and offset of each, or null for the stretch. */
  readonly places: readonly (readonly [number, number])[] | null;
  readonly from: Place;
  readonly partition: PartitionChoice;
}
