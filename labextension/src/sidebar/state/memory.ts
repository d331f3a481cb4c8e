import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';

/** What a memory needs of JupyterLab's. */
export type Store = Pick<IStateDB, 'fetch' | 'save'>;

/** Keeps small things over reloads of the page; without a store only until then. */
export class Memory {
  constructor(private readonly store: Store | null) {}

  /** Return what was kept under a name. */
  async recall(name: string): Promise<unknown> {
    return this.store?.fetch(`${PREFIX}${name}`);
  }

  keep(name: string, value: ReadonlyPartialJSONValue): void {
    void this.store?.save(`${PREFIX}${name}`, value);
  }
}

const PREFIX = 'jupyter-stream:';
