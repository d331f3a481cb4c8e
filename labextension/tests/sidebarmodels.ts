import type { TranslationBundle } from '@jupyterlab/translation';

import type { Cluster, Clusters } from '../src/sidebar/api/clusters.js';
import type { Topic } from '../src/sidebar/api/topics.js';
import { ClustersModel, type ClustersApi } from '../src/sidebar/clusters/clustersmodel.js';
import { Memory } from '../src/sidebar/state/memory.js';

/** A question that waits until the test answers it. */
export interface Waiting<Answer> {
  readonly signal: AbortSignal | undefined;
  readonly answer: (answer: Answer) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** Collects questions, which the test answers when it likes. */
export class Desk<Answer> {
  ask(signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        signal,
        answer: answer => {
          resolve(answer);
          return settled();
        },
        fail: error => {
          reject(error);
          return settled();
        }
      });
    });
  }

  get last(): Waiting<Answer> {
    const last = this.waiting.at(-1);
    if (last === undefined) {
      throw new Error('nothing was asked');
    }
    return last;
  }

  readonly waiting: Waiting<Answer>[] = [];
}

/** Wait until everything that can go on has. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await Promise.resolve();
  }
}

export function topic(name: string, internal = false): Topic {
  return { name, partitions: 1, internal };
}

export function cluster(
  name: string,
  state: Cluster['state'],
  reason: string | null = null
): Cluster {
  const kind = name === 'local' ? 'local' : 'profile';
  return { name, bootstrap: state === 'stopped' ? null : 'here:9092', kind, state, reason };
}

export function clusters(...all: Cluster[]): Clusters {
  return {
    clusters: all,
    default: all[0]?.name ?? null,
    read_only: true,
    may_produce: false,
    may_start_local: true,
    problem: null
  };
}

/** Clusters of which the test says how they are. */
export class ClustersDesk implements ClustersApi {
  readonly asked = new Desk<Clusters>();
  readonly ordered = new Desk<Cluster>();
  readonly memory = new Memory(null);
  readonly model = new ClustersModel(this, this.memory);

  clusters(signal?: AbortSignal): Promise<Clusters> {
    return this.asked.ask(signal);
  }

  broker(): Promise<Cluster> {
    return this.ordered.ask();
  }
}

/** Put values where a text has %1, %2 and so on. */
function filled(text: string, values: readonly unknown[]): string {
  return text.replaceAll(/%(\d)/g, (_, place) => String(values[Number(place) - 1]));
}

/** Texts as they are in the source: Node cannot load JupyterLab's own way without languages. */
export const english = {
  __: (text: string, ...values: unknown[]) => filled(text, values),
  _n: (one: string, many: string, count: number, ...values: unknown[]) =>
    filled(count === 1 ? one : many, [count, ...values])
} as TranslationBundle;
