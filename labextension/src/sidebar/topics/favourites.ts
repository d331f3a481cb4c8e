import type { Memory } from '../state/memory.js';
import { Model } from '../state/model.js';

/** The topics that somebody wants to see first, by cluster; kept over reloads. */
export class Favourites extends Model {
  constructor(private readonly memory: Memory) {
    super();
  }

  /** Look at a cluster. */
  async use(cluster: string): Promise<void> {
    this.#cluster = cluster;
    this.#names = new Set();
    this.tell();
    const kept = await this.memory.recall(nameOf(cluster));
    if (this.#cluster === cluster && Array.isArray(kept)) {
      this.#names = new Set([...(kept as string[]), ...this.#names]);
      this.tell();
    }
  }

  has(topic: string): boolean {
    return this.#names.has(topic);
  }

  toggle(topic: string): void {
    if (!this.#names.delete(topic)) {
      this.#names.add(topic);
    }
    this.memory.keep(nameOf(this.#cluster), [...this.#names]);
    this.tell();
  }

  #cluster = '';
  #names = new Set<string>();
}

function nameOf(cluster: string): string {
  return `favourites:${cluster}`;
}
