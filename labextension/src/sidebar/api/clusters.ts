/** What is known of the way to a cluster. */
export type ClusterState = 'connected' | 'connecting' | 'unreachable' | 'stopped';

/** A cluster that can be looked at. */
export interface Cluster {
  readonly name: string;
  /** The address of its brokers; none while a local broker is stopped. */
  readonly bootstrap: string | null;
  readonly kind: 'local' | 'profile';
  readonly state: ClusterState;
  /** Why it is not connected. */
  readonly reason: string | null;
}

/** The clusters, and what this server allows. */
export interface Clusters {
  readonly clusters: readonly Cluster[];
  readonly default: string | null;
  readonly read_only: boolean;
  readonly may_produce: boolean;
  /** Whether the local broker can be started and stopped from the page. */
  readonly may_start_local: boolean;
  /** Why not all profiles are listed. */
  readonly problem: string | null;
}

/** What can be done with the local broker. */
export type BrokerAction = 'start' | 'stop';
