import type { FoundKernel, KernelPort, PortComm } from './kernelport.js';
import type { Job, JobCommand, JobProblem, JobsMessage, KernelCluster } from './messages.js';
import { Model } from '../state/model.js';

/** How often a kernel is told that somebody looks, in milliseconds. */
const BEAT = 20_000;

/** A kernel that heard nothing for so long, because the machine slept, has forgotten us. */
const FORGOTTEN = 60_000;

/** After so long a kernel is late with its answer. */
const LATE = 3000;

/** What is known of a kernel: whether it has jobs at all, and whether it has told them. */
export type KernelState = 'looking' | 'without' | 'opening' | 'open' | 'failed';

/** The jobs of one kernel, kept up to date from `start` to `dispose`. */
export class KernelJobs extends Model {
  constructor(
    readonly kernel: FoundKernel,
    private readonly port: KernelPort
  ) {
    super();
    port.listen({
      announced: () => {
        this.start();
      },
      lost: () => {
        this.#lose();
      },
      connected: () => {
        this.start();
      }
    });
  }

  get state(): KernelState {
    return this.#state;
  }

  /** The newest last. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  get cluster(): KernelCluster | null {
    return this.#cluster;
  }

  /** Whether the kernel takes long to answer: it is busy, and has no thread for us. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Whether there is a better way to the kernel now. */
  get isGone(): boolean {
    return this.port.isGone;
  }

  /** Return what went wrong in a job; null until it was asked for and told. */
  problems(id: string): readonly JobProblem[] | null {
    return this.#problems.get(id) ?? null;
  }

  /** Look for jobs, and stay with them. */
  start(): void {
    this.#drop();
    this.#enter('looking');
    const turn = this.#turn;
    this.#late = setTimeout(() => {
      this.#isLate = true;
      this.tell();
    }, LATE);
    this.#begin(turn).catch(() => {
      if (turn === this.#turn) {
        this.#drop();
        this.#enter('failed');
      }
    });
  }

  dispose(): void {
    this.#drop();
    this.port.dispose();
  }

  command(id: string, command: JobCommand): void {
    this.#comm?.send({ type: 'command', id, command });
  }

  /** Ask what went wrong in a job. */
  askProblems(id: string): void {
    this.#comm?.send({ type: 'problems', id });
  }

  async #begin(turn: number): Promise<void> {
    const hasJobs = await this.port.hasJobs();
    if (turn !== this.#turn) {
      return;
    }
    if (!hasJobs) {
      this.#lose();
      return;
    }
    this.#enter('opening');
    const comm = await this.port.open(message => {
      if (turn === this.#turn) {
        this.#hear(message);
      }
    });
    if (turn !== this.#turn) {
      comm.close();
      return;
    }
    this.#comm = comm;
    this.#isAnswered = true;
    this.#beaten = Date.now();
    this.#beats = setInterval(() => {
      this.#beat();
    }, BEAT);
  }

  #beat(): void {
    // Without an answer to the beat before, the kernel may be another one by now.
    if (!this.#isAnswered || Date.now() - this.#beaten > FORGOTTEN) {
      this.start();
      return;
    }
    this.#beaten = Date.now();
    this.#isAnswered = false;
    this.#comm?.send({ type: 'alive' });
  }

  #hear(message: JobsMessage): void {
    this.#isAnswered = true;
    switch (message.type) {
      case 'jobs':
        this.#take(message.jobs, message.cluster);
        break;
      case 'problems':
        this.#problems.set(message.id, message.problems);
        this.tell();
        break;
      case 'alive':
        break;
    }
  }

  #take(jobs: readonly Job[], cluster: KernelCluster | null): void {
    const before = new Map(this.#jobs.map(job => [job.id, job.problems]));
    this.#jobs = jobs;
    this.#cluster = cluster;
    // What is looked at stays true.
    for (const { id, problems } of jobs) {
      if (this.#problems.has(id) && before.get(id) !== problems) {
        this.askProblems(id);
      }
    }
    this.#enter('open');
  }

  #lose(): void {
    this.#drop();
    this.#jobs = [];
    this.#cluster = null;
    this.#problems.clear();
    this.#enter('without');
  }

  /** Let go of what is there or under way. */
  #drop(): void {
    this.#turn += 1;
    clearInterval(this.#beats);
    clearTimeout(this.#late);
    this.#isLate = false;
    this.#comm?.close();
    this.#comm = null;
  }

  #enter(state: KernelState): void {
    if (state === 'open') {
      clearTimeout(this.#late);
      this.#isLate = false;
    }
    this.#state = state;
    this.tell();
  }

  #state: KernelState = 'looking';
  #jobs: readonly Job[] = [];
  #cluster: KernelCluster | null = null;
  readonly #problems = new Map<string, readonly JobProblem[]>();
  #comm: PortComm | null = null;
  #turn = 0;
  #isLate = false;
  #isAnswered = true;
  #beaten = 0;
  #beats: ReturnType<typeof setInterval> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
}
