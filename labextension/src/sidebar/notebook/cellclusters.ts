import { canBeArgument, magicWord, pythonText } from './quoting.js';

/** How the server, and so the page, calls the local broker. */
const LOCAL = 'local';

/** How a kernel calls it. */
const LOCAL_OF_KERNEL = 'local broker';

/** Makes our functions known in a cell. */
export const IMPORT = 'import jupyter_stream as js';

/** A cluster, as far as a cell has to say which it is. */
export interface NamedCluster {
  readonly name: string;
  /** The address of its brokers, where it is known. */
  readonly bootstrap: string | null;
}

/** What is known of the kernel in which a cell will run. */
export interface KernelFacts {
  /** Whether it has loaded the extension. */
  readonly isLoaded: boolean;
  /** The cluster that it is connected to. */
  readonly cluster: NamedCluster | null;
}

/** A kernel that has nothing of ours. */
export const BARE: KernelFacts = { isLoaded: false, cluster: null };

/** Say whether a kernel is connected to a cluster. */
export function isConnected(facts: KernelFacts, wanted: NamedCluster): boolean {
  const { cluster } = facts;
  if (cluster === null) {
    return false;
  }
  const isLocal = wanted.name === LOCAL && cluster.name === LOCAL_OF_KERNEL;
  return isLocal || cluster.name === wanted.name || isSame(cluster.bootstrap, wanted.bootstrap);
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one === other;
}

/** Return the call that connects to a cluster. */
export function connectCall({ name }: NamedCluster): string {
  return name === LOCAL ? 'js.connect()' : `js.connect(${pythonText(name)})`;
}

/** Return the lines that connect to a cluster by a magic, or by Python where no magic can. */
export function connectLines(cluster: NamedCluster): readonly string[] {
  if (cluster.name === LOCAL) {
    return ['%stream_connect'];
  }
  return canBeArgument(cluster.name)
    ? [`%stream_connect ${magicWord(cluster.name)}`]
    : [IMPORT, connectCall(cluster)];
}
