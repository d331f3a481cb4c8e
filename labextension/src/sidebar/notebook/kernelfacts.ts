import type { KernelPort, PortComm } from '../jobs/kernelport.js';
import type { JobsMessage } from '../jobs/messages.js';
import { BARE, type KernelFacts } from './cellclusters.js';

/** So long an answer is waited for, in milliseconds. */
const PATIENCE = 2000;

/** What is known of a kernel that has loaded the extension, and says nothing more. */
const SILENT: KernelFacts = { isLoaded: true, cluster: null };

/** Ask a kernel whether it has loaded the extension, and where it is connected to. */
export async function askFacts(port: KernelPort, patience = PATIENCE): Promise<KernelFacts> {
  try {
    if (!(await within(port.hasJobs(), patience, false))) {
      return BARE;
    }
    return await firstFacts(port, patience);
  } catch {
    return BARE;
  } finally {
    port.dispose();
  }
}

async function firstFacts(port: KernelPort, patience: number): Promise<KernelFacts> {
  const held: { comm: PortComm | null; isDone: boolean } = { comm: null, isDone: false };
  const told = new Promise<KernelFacts>((resolve, reject) => {
    const hear = (message: JobsMessage): void => {
      if (message.type === 'jobs') {
        resolve({ isLoaded: true, cluster: message.cluster });
      }
    };
    port.open(hear).then(comm => {
      held.comm = comm;
      if (held.isDone) {
        comm.close();
      }
    }, reject);
  });
  const facts = await within(told, patience, SILENT);
  held.isDone = true;
  held.comm?.close();
  return facts;
}

function within<Value>(value: Promise<Value>, patience: number, otherwise: Value): Promise<Value> {
  return Promise.race([
    value,
    new Promise<Value>(resolve => {
      setTimeout(() => {
        resolve(otherwise);
      }, patience);
    })
  ]);
}
