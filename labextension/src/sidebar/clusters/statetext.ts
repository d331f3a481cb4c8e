import type { TranslationBundle } from '@jupyterlab/translation';

import type { BrokerAction, Cluster } from '../api/clusters.js';
import { progressText } from './progresstext.js';

/** Put the state of a cluster into words. */
export function stateText(
  cluster: Cluster,
  doing: BrokerAction | null,
  trans: TranslationBundle
): string {
  const isLocal = cluster.kind === 'local';
  if (isLocal && doing !== null) {
    return doing === 'start' ? trans.__('Starting …') : trans.__('Stopping …');
  }
  switch (cluster.state) {
    case 'connected':
      return isLocal ? trans.__('Running') : trans.__('Connected');
    case 'connecting':
      return cluster.reason === null
        ? trans.__('Connecting …')
        : progressText(cluster.reason, trans);
    case 'unreachable':
      return trans.__('Cannot be reached');
    case 'stopped':
      return trans.__('Stopped');
  }
}
