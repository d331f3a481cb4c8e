import type { ViewMessage } from './messages.js';
import { Relay, type RelayedKernel, type RelayEnd } from './relay.js';

/** How long to wait after the first, second and third failure in a row; then it is left. */
const DELAYS_MS = [1000, 5000, 30_000];

/** A relay that was open for so long did not fail. */
const STEADY_MS = 60_000;

/** A frame that comes over the comm so long after the relay was opened was not on its way then. */
const LATE_MS = 4000;

/** The servers that had the relay's route while this page was open, and those that had not. */
const present = new Set<string>();
const absent = new Set<string>();

/** Who is told of a kept relay. */
export interface KeeperListener {
  /** A ticket is needed. */
  ask(): void;
  frame(bytes: DataView): void;
  /** The relay that was open is lost, and with it what was on its way. */
  lost(): void;
}

/** Opens a view's relay, and opens it again when it is lost, as long as there is hope. */
export class RelayKeeper {
  /** Keep a relay to a kernel. */
  constructor(kernel: RelayedKernel, listener: KeeperListener) {
    this.#kernel = kernel;
    this.#listener = listener;
  }

  /** Ask for a ticket, unless the server has no relay, or it failed too often. */
  ask(): void {
    if (!this.#stopped && !absent.has(this.#server)) {
      this.#listener.ask();
    }
  }

  /** Open the relay with a ticket; without one the kernel has no relay. */
  open(ticket: string | null): void {
    if (this.#stopped || this.#relay !== null || ticket === null) {
      return;
    }
    this.#relay = new Relay(this.#kernel, ticket, {
      opened: () => {
        present.add(this.#server);
        this.#openSince = performance.now();
        this.#newest = null;
      },
      frame: bytes => {
        this.#listener.frame(bytes);
      },
      ended: how => {
        this.#ended(how);
      }
    });
  }

  /** Whether messages can go over the relay now. */
  get isOpen(): boolean {
    return this.#openSince !== null;
  }

  /** Send a message over the open relay. */
  send(message: ViewMessage): void {
    this.#relay?.send(message);
  }

  /** Note the number of a frame that the relay brought. */
  brought(sequence: number): void {
    this.#newest = sequence;
  }

  /** Note a frame that came over the comm: if it is a newer one, the kernel has left the relay. */
  passed(sequence: number): void {
    if (this.#openSince === null) {
      return;
    }
    const hasLeft =
      this.#newest === null
        ? performance.now() - this.#openSince > LATE_MS
        : sequence > this.#newest;
    if (hasLeft) {
      this.#relay?.close();
      this.#ended('lost');
    }
  }

  /** Close the relay for good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#relay?.close();
    this.#relay = null;
    this.#openSince = null;
  }

  #ended(how: RelayEnd): void {
    const steady = this.#openSince !== null && performance.now() - this.#openSince >= STEADY_MS;
    this.#failures = steady ? 1 : this.#failures + 1;
    this.#relay = null;
    this.#openSince = null;
    if (how === 'lost') {
      this.#listener.lost();
    }
    if (how === 'absent' && !present.has(this.#server)) {
      absent.add(this.#server);
    }
    const delay = DELAYS_MS.at(this.#failures - 1);
    if (delay !== undefined) {
      this.#timer = setTimeout(() => {
        this.ask();
      }, delay);
    }
  }

  get #server(): string {
    return this.#kernel.serverSettings.wsUrl;
  }

  readonly #kernel: RelayedKernel;
  readonly #listener: KeeperListener;
  #relay: Relay | null = null;
  #openSince: number | null = null;
  #newest: number | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
}
