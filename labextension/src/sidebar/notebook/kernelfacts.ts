import { Signal } from '@lumino/signaling';

import type { KernelPort } from '../jobs/kernelport.js';
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
    return await within(firstFacts(port, patience), patience, SILENT);
  } catch {
    return BARE;
  } finally {
    port.dispose();
  }
}

async function firstFacts(port: KernelPort, patience: number): Promise<KernelFacts> {
  const first = new Signal<KernelPort, KernelFacts>(port);
  const told = new Promise<KernelFacts>(resolve => {
    first.connect((_, facts) => {
      resolve(facts);
    });
  });
  const comm = await port.open((message: JobsMessage) => {
    if (message.type === 'jobs') {
      first.emit({ isLoaded: true, cluster: message.cluster });
    }
  });
  try {
    return await within(told, patience, SILENT);
  } finally {
    comm.close();
  }
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
