import type { IClassicComm } from '@jupyter-widgets/base';

/** Kernels answer at once, also while a cell runs; those that don't are not waited for. */
const PATIENCE_MS = 3000;

/** What is asked of a kernel; older JupyterLabs know of no subshells. */
export interface SubshellKernel {
  readonly info: Promise<unknown>;
  readonly supportsSubshells?: boolean;
  readonly commsOverSubshells?: string;
}

interface LabComm {
  readonly jsServicesComm?: { readonly subshellStarted?: Promise<unknown> };
}

/**
 * Wait until a comm has its subshell, where the kernel offers them.
 *
 * A message that is sent before goes to the main shell, which answers only when no cell runs: a
 * comm that is opened too early shows nothing of a job that the running cell waits for.
 */
export async function subshellReady(
  comm: IClassicComm,
  kernel: SubshellKernel | null
): Promise<void> {
  const started = (comm as LabComm).jsServicesComm?.subshellStarted;
  if (started === undefined || kernel === null) {
    return;
  }
  await kernel.info;
  if (kernel.supportsSubshells === true && kernel.commsOverSubshells !== 'disabled') {
    // Without a subshell the main shell has to do.
    await Promise.race([started.catch(() => undefined), patience()]);
  }
}

function patience(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, PATIENCE_MS));
}
