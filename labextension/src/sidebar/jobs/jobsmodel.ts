import type { ISignal } from '@lumino/signaling';

import { KernelJobs } from './kerneljobs.js';
import type { FoundKernel, KernelPort } from './kernelport.js';
import { Model } from '../state/model.js';

/** Where kernels are found. */
export interface KernelSource {
  /** The kernels that may have jobs; null before they are known. */
  readonly kernels: readonly FoundKernel[] | null;
  readonly changed: ISignal<unknown, void>;
  connect(id: string): KernelPort | null;
}

/** The jobs of all kernels, while somebody looks. */
export class JobsModel extends Model {
  constructor(private readonly source: KernelSource) {
    super();
  }

  /** The kernels that have loaded the extension, or of which that is not known yet. */
  get kernels(): readonly KernelJobs[] {
    return [...this.#known.values()].filter(({ state }) => state !== 'without');
  }

  /** How many kernels run that could have jobs; null before that is known. */
  get running(): number | null {
    return this.source.kernels?.length ?? null;
  }

  /** Whether it was told by every kernel whether it has jobs. */
  get isSettled(): boolean {
    const isKnown = ({ state }: KernelJobs): boolean => state !== 'looking' && state !== 'opening';
    return this.source.kernels !== null && [...this.#known.values()].every(isKnown);
  }

  /** Look for jobs, or leave all kernels alone. */
  setActive(isActive: boolean): void {
    if (isActive === this.#isActive) {
      return;
    }
    this.#isActive = isActive;
    if (isActive) {
      this.source.changed.connect(this.#follow, this);
      this.#follow();
    } else {
      this.source.changed.disconnect(this.#follow, this);
      this.#leave([...this.#known.keys()]);
    }
  }

  /** Look for jobs anew. */
  refresh(): void {
    for (const one of this.#known.values()) {
      one.start();
    }
  }

  #follow(): void {
    const found = this.source.kernels ?? [];
    const isFound = (id: string): boolean => found.some(kernel => kernel.id === id);
    const gone = [...this.#known].filter(([id, one]) => !isFound(id) || one.isGone);
    this.#leave(gone.map(([id]) => id));
    for (const kernel of found) {
      if (!this.#known.has(kernel.id)) {
        this.#meet(kernel);
      }
    }
    this.tell();
  }

  #meet(kernel: FoundKernel): void {
    const port = this.source.connect(kernel.id);
    if (port !== null) {
      const met = new KernelJobs(kernel, port);
      met.changed.connect(this.#heard);
      this.#known.set(kernel.id, met);
      met.start();
    }
  }

  #leave(ids: readonly string[]): void {
    for (const id of ids) {
      const left = this.#known.get(id);
      left?.changed.disconnect(this.#heard);
      left?.dispose();
      this.#known.delete(id);
    }
  }

  readonly #heard = (): void => {
    this.tell();
  };

  #isActive = false;
  readonly #known = new Map<string, KernelJobs>();
}
