import type { JobsMessage, PageMessage } from './messages.js';

/** A comm to a kernel. */
export interface PortComm {
  readonly send: (message: PageMessage) => void;
  readonly close: () => void;
}

/** Who wants to know what becomes of a kernel. */
export interface PortListener {
  /** The kernel has loaded the extension. */
  announced(): void;
  /** The kernel was restarted, or has ended. */
  lost(): void;
  /** The way to the kernel was interrupted, and is there again. */
  connected(): void;
}

/** A way to a kernel, which does not disturb it. */
export interface KernelPort {
  /** Ask whether the kernel has loaded the extension; answered also while a cell runs. */
  hasJobs(): Promise<boolean>;
  /** Open a comm; only where there are jobs, else the kernel complains. */
  open(hear: (message: JobsMessage) => void): Promise<PortComm>;
  listen(listener: PortListener): void;
  /** Whether another way took the place of the one that is used. */
  readonly isGone: boolean;
  dispose(): void;
}

/** A notebook or a console. */
export interface KernelUser {
  readonly path: string;
  readonly name: string;
  /** "notebook" or "console". */
  readonly type: string;
}

/** A kernel that may have jobs. */
export interface FoundKernel {
  readonly id: string;
  /** What kind of kernel it is, as people call it. */
  readonly title: string;
  /** What runs in it; there is at least one. */
  readonly users: readonly [KernelUser, ...KernelUser[]];
}
