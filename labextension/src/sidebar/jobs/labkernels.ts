import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, Session } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';

import type { KernelSource } from './jobsmodel.js';
import type { FoundKernel, KernelPort, KernelUser } from './kernelport.js';
import { LabKernel } from './labkernel.js';

/** A kernel in which the extension can be loaded has this in its command. */
const IPYKERNEL = 'ipykernel';

/** Where documents stand. */
const AREAS = ['main', 'down', 'left', 'right'];

/** The kernels of the notebooks and consoles of this server. */
export class LabKernels implements KernelSource {
  constructor(private readonly app: JupyterFrontEnd) {
    const { sessions, kernelspecs } = app.serviceManager;
    sessions.runningChanged.connect(this.#tell, this);
    kernelspecs.specsChanged.connect(this.#tell, this);
    void Promise.all([sessions.ready, kernelspecs.ready]).then(() => {
      this.#isReady = true;
      this.#tell();
    });
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get kernels(): readonly FoundKernel[] | null {
    if (!this.#isReady) {
      return null;
    }
    const users = new Map<string, [KernelUser, ...KernelUser[]]>();
    const titles = new Map<string, string>();
    for (const { kernel, path, name, type } of this.app.serviceManager.sessions.running()) {
      if (kernel && this.isOurs(kernel.name)) {
        const user = { path, name: name || path, type };
        const former = users.get(kernel.id);
        users.set(kernel.id, former === undefined ? [user] : [...former, user]);
        titles.set(kernel.id, this.#specOf(kernel.name)?.display_name ?? kernel.name);
      }
    }
    return [...users].map(([id, found]) => ({ id, title: titles.get(id) ?? '', users: found }));
  }

  /** Say whether the extension can be loaded in kernels of a kind. */
  isOurs(kind: string): boolean {
    const argv = this.#specOf(kind)?.argv ?? [];
    return argv.some(word => word.includes(IPYKERNEL));
  }

  /**
   * Reach a kernel over the connection that a notebook has, which costs nothing; else over one of
   * our own, which leaves the comms to whoever opens the notebook later.
   */
  connect(id: string): KernelPort | null {
    const lent = this.#lent(id);
    if (lent !== null) {
      // When its notebook is closed, another way is needed.
      lent.disposed.connect(this.#tell, this);
      return new LabKernel(lent, false, () => false);
    }
    const session = this.#session(id);
    if (session === null) {
      return null;
    }
    const own = this.app.serviceManager.kernels.connectTo({
      model: { id, name: session.kernel?.name ?? '' },
      handleComms: false
    });
    return new LabKernel(own, true, () => this.#lent(id) !== null);
  }

  #specOf(kind: string): { argv?: readonly string[]; display_name: string } | undefined {
    return this.app.serviceManager.kernelspecs.specs?.kernelspecs[kind];
  }

  #session(id: string): Session.IModel | null {
    const sessions = [...this.app.serviceManager.sessions.running()];
    return sessions.find(({ kernel }) => kernel?.id === id) ?? null;
  }

  #lent(id: string): Kernel.IKernelConnection | null {
    for (const area of AREAS) {
      for (const widget of this.app.shell.widgets(area)) {
        const { sessionContext } = widget as { sessionContext?: ISessionContext };
        const kernel = sessionContext?.session?.kernel;
        if (kernel?.id === id && !kernel.isDisposed) {
          return kernel;
        }
      }
    }
    return null;
  }

  #tell(): void {
    this.#changed.emit();
  }

  #isReady = false;
  readonly #changed = new Signal<this, void>(this);
}
