import type { StreamApi } from '../api/client.js';
import type { BrokerAction, Cluster, Clusters } from '../api/clusters.js';
import { asFailure, Failure } from '../api/failure.js';
import type { Memory } from '../state/memory.js';
import { Model } from '../state/model.js';
import { Repeating } from '../state/repeating.js';

const CHOSEN = 'cluster';

/** How often states are asked for, in milliseconds: more often while one is about to change. */
const PAUSE = 5000;
const SHORT_PAUSE = 500;

/** What the model asks. */
export type ClustersApi = Pick<StreamApi, 'clusters' | 'broker'>;

/** The clusters, the one that is chosen, and the local broker. */
export class ClustersModel extends Model {
  constructor(
    private readonly api: ClustersApi,
    private readonly memory: Memory
  ) {
    super();
    void this.#recall();
  }

  /** What the server told last; null before its first answer. */
  get known(): Clusters | null {
    return this.#known;
  }

  /** Why the server did not answer the last time. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** The cluster that is looked at. */
  get chosen(): Cluster | null {
    const clusters = this.#known?.clusters ?? [];
    const named = (name: string | null | undefined): Cluster | undefined =>
      clusters.find(cluster => cluster.name === name);
    return named(this.#choice) ?? named(this.#known?.default) ?? clusters.at(0) ?? null;
  }

  get local(): Cluster | null {
    return this.#known?.clusters.find(({ kind }) => kind === 'local') ?? null;
  }

  /** What the local broker was told to do and has not done yet. */
  get doing(): BrokerAction | null {
    return this.#doing;
  }

  /** Why the local broker did not do as it was told. */
  get brokerFailure(): Failure | null {
    return this.#brokerFailure;
  }

  choose(name: string): void {
    this.#choice = name;
    this.memory.keep(CHOSEN, name);
    this.tell();
  }

  /** Ask for states again and again, or stop. */
  setActive(isActive: boolean): void {
    this.#asking.setActive(isActive);
  }

  refresh(): void {
    this.#asking.restart();
  }

  /** Start the local broker, and look at it. */
  start(): Promise<void> {
    this.choose('local');
    return this.#order('start');
  }

  /** Stop the local broker, and look at it. */
  stop(): Promise<void> {
    this.choose('local');
    return this.#order('stop');
  }

  async #order(action: BrokerAction): Promise<void> {
    this.#doing = action;
    this.#isStarting = action === 'start';
    this.#brokerFailure = null;
    this.tell();
    try {
      this.#replace(await this.api.broker(action));
    } catch (error) {
      this.#brokerFailure = asFailure(error);
    }
    this.#doing = null;
    this.#asking.restart();
    this.tell();
  }

  #replace(changed: Cluster): void {
    if (this.#known !== null) {
      const others = this.#known.clusters.map(cluster =>
        cluster.name === changed.name ? changed : cluster
      );
      this.#known = { ...this.#known, clusters: others };
    }
  }

  async #recall(): Promise<void> {
    const name = await this.memory.recall(CHOSEN);
    if (typeof name === 'string' && this.#choice === null) {
      this.#choice = name;
      this.tell();
    }
  }

  /** A broker that stops while it was to start has failed. */
  #judge(before: Cluster | null, now: Cluster | null): void {
    if (now?.state === 'connected') {
      this.#isStarting = false;
    } else if (this.#isStarting && before?.state === 'connecting' && now?.state === 'stopped') {
      this.#isStarting = false;
      this.#brokerFailure = new Failure('server', now.reason ?? '');
    }
  }

  #take(known: Clusters): void {
    const before = this.local;
    const isNew = JSON.stringify(known) !== JSON.stringify(this.#known) || this.#failure !== null;
    this.#known = known;
    this.#failure = null;
    this.#judge(before, this.local);
    if (isNew) {
      this.tell();
    }
  }

  #fail(failure: Failure): void {
    this.#failure = failure;
    this.tell();
  }

  #pause(): number {
    return this.chosen?.state === 'connecting' || this.#doing !== null ? SHORT_PAUSE : PAUSE;
  }

  #known: Clusters | null = null;
  #failure: Failure | null = null;
  #choice: string | null = null;
  #doing: BrokerAction | null = null;
  #isStarting = false;
  #brokerFailure: Failure | null = null;
  readonly #asking = new Repeating(
    signal => this.api.clusters(signal),
    {
      answered: known => {
        this.#take(known);
      },
      failed: failure => {
        this.#fail(failure);
      }
    },
    () => this.#pause()
  );
}
