import type { ConsumerGroup } from '../api/topics.js';
import type { FoundKernel } from '../jobs/kernelport.js';

/** What a kernel's clients call themselves at the cluster, before the kernel's id. */
const PREFIX = 'jupyter_stream-';

/** Who takes part in a group. */
export interface GroupMembers {
  /** The kernels of this server among them. */
  readonly own: readonly FoundKernel[];
  /** What all others call themselves. */
  readonly others: readonly string[];
}

/** Tell the kernels of this server from the other members of a group. */
export function membersOf(
  { client_ids: ids }: Pick<ConsumerGroup, 'client_ids'>,
  kernels: readonly FoundKernel[]
): GroupMembers {
  const names = new Set(kernels.map(({ id }) => PREFIX + id));
  return {
    own: kernels.filter(({ id }) => ids.includes(PREFIX + id)),
    others: ids.filter(id => !names.has(id))
  };
}
