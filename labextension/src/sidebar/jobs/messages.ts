/** What can be told a job to do. */
export type JobCommand = 'pause' | 'resume' | 'stop';

export type JobState = 'starting' | 'waiting' | 'running' | 'paused' | 'finished' | 'failed';

/** A job of a kernel. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly state: JobState;
  /** Why it waits or failed. */
  readonly reason: string | null;
  /** What hinders it at the moment. */
  readonly trouble: string | null;
  readonly records: number;
  readonly files: number;
  /** Records a second. */
  readonly rate: number;
  readonly errors: number;
  /** How often anything went wrong, errors among it. */
  readonly problems: number;
  readonly lag: number | null;
  /** The cell that it is shown under. */
  readonly cell: string | null;
}

/** What went wrong in a job. */
export interface JobProblem {
  readonly title: string;
  readonly detail: string;
  readonly count: number;
}

/** The cluster that a kernel is connected to. */
export interface KernelCluster {
  readonly name: string;
  readonly bootstrap: string;
}

/** What a kernel tells. */
export type JobsMessage =
  | { readonly type: 'jobs'; readonly jobs: readonly Job[]; readonly cluster: KernelCluster | null }
  | { readonly type: 'problems'; readonly id: string; readonly problems: readonly JobProblem[] }
  | { readonly type: 'alive' };

/** What a kernel is told. */
export type PageMessage =
  | { readonly type: 'alive' }
  | { readonly type: 'command'; readonly id: string; readonly command: JobCommand }
  | { readonly type: 'problems'; readonly id: string };

/** The target of the comms on which jobs are told. */
export const TARGET = 'jupyter_stream.jobs';

/** What a kernel says when it has loaded the extension. */
export const ANNOUNCEMENT = 'jobs-here';

/** Say whether a job does nothing any more. */
export function hasEnded({ state }: Pick<Job, 'state'>): boolean {
  return state === 'finished' || state === 'failed';
}
