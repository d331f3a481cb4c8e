import type { Channel, ChannelListener } from './channel.js';
import type { KernelMessage } from './messages.js';

/** How often the kernel is told that the view is there. */
const BEAT_MS = 20_000;

/** How long an answer is awaited at first; each time in vain twice as long, up to a limit. */
const PATIENCE_MS = 10_000;
const MOST_PATIENCE_MS = 300_000;

/** After so many vain attempts a channel that is closed at once is the last one. */
const MOST_REFUSALS = 4;

/** A channel, as far as a connection needs it. */
export type Line = Pick<
  Channel,
  'send' | 'acknowledge' | 'came' | 'close' | 'abandon' | 'isReachable'
>;

type SentMessage = Parameters<Line['send']>[0];

/** What comes over a connection, other than what it keeps to itself. */
export type ViewedMessage = Parameters<ConnectionListener['received']>[0];

/** Who wants to know what comes. */
export interface ConnectionListener {
  received(message: Exclude<KernelMessage, { readonly type: 'relay' | 'alive' }>): void;
  /** A message came that is not understood, or there is no way to the kernel. */
  failed(error: unknown): void;
  /** The kernel wants no view of ours. */
  closed(): void;
  /** Another channel stands in the place of the one before; frames begin anew. */
  reopened(): void;
  /** The kernel has answered a sign of life, and with it whatever was asked before. */
  answered(): void;
}

/**
 * A view's connection to the kernel for as long as both live, by one channel after another.
 *
 * Messages can be lost: with a socket that breaks, with a page or a machine that was asleep, or
 * because the kernel took the view for abandoned. So the view gives a sign of life now and then.
 * The kernel sends again what the view lacks, and answers; where no answer comes, another channel
 * is opened, as soon as the view can be seen.
 */
export class Connection {
  /** `open` opens a channel. */
  constructor(open: (listener: ChannelListener) => Promise<Line>, listener: ConnectionListener) {
    this.#open = open;
    this.#listener = listener;
  }

  /** Connect to the kernel. */
  async open(): Promise<void> {
    const turn = (this.#turn += 1);
    this.#isAnswered = false;
    const line = await this.#open(this.#hearing(turn));
    if (turn !== this.#turn) {
      line.close();
      return;
    }
    this.#line = line;
    // It may have been hidden while there was no channel to say so.
    line.send({ type: 'visible', visible: this.#visible });
    this.#await();
    this.#beats ??= setInterval(() => {
      this.#beat();
    }, BEAT_MS);
  }

  /** Send a message; while there is no channel it is lost. */
  send(message: SentMessage): void {
    if (message.type === 'ready') {
      this.#isReady = true;
    }
    this.#line?.send(message);
  }

  /** Say whether the view can be seen; then it wants frames. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.#line?.send({ type: 'visible', visible });
    if (visible && this.#isLost) {
      this.#reopen();
    }
  }

  /** Say that a frame was painted, by the way that it came. */
  acknowledge(sequence: number, transport: string): void {
    this.#line?.acknowledge(sequence, transport);
  }

  /** Note by which way a frame came. */
  came(frame: Parameters<Line['came']>[0]): void {
    this.#line?.came(frame);
  }

  /** Close both ends for good. */
  close(): void {
    this.#line?.close();
    this.abandon();
  }

  /** Forget the other end for good: it is there no more. */
  abandon(): void {
    this.#turn += 1;
    this.#isLost = false;
    this.#line?.abandon();
    this.#line = null;
    clearInterval(this.#beats);
    this.#heard();
  }

  /** What is done with what one channel brings, until another takes its place. */
  #hearing(turn: number): ChannelListener {
    const guarded = (hear: () => void) => {
      if (turn === this.#turn) {
        this.#heard();
        hear();
      }
    };
    return {
      received: message => {
        guarded(() => {
          this.#received(message);
        });
      },
      failed: error => {
        guarded(() => {
          this.#listener.failed(error);
        });
      },
      closed: () => {
        guarded(() => {
          if (this.#isAnswered) {
            this.#lose();
          } else {
            this.#refused();
          }
        });
      }
    };
  }

  #received(message: Parameters<ChannelListener['received']>[0]): void {
    this.#failures = 0;
    this.#isAnswered = this.#isKnown = true;
    if (message.type === 'alive') {
      this.#listener.answered();
      return;
    }
    if (message.type === 'figure') {
      this.#isReady = false;
    }
    this.#listener.received(message);
  }

  /** Give a sign of life, unless the last one still waits for its answer. */
  #beat(): void {
    if (this.#line?.isReachable === true && this.#timer === undefined) {
      this.#line.send({ type: 'alive', ready: this.#isReady });
      this.#await();
    }
  }

  #await(): void {
    clearTimeout(this.#timer);
    const patience = Math.min(PATIENCE_MS * 2 ** this.#failures, MOST_PATIENCE_MS);
    this.#timer = setTimeout(() => {
      if (this.#line?.isReachable === false) {
        this.#await();
      } else {
        this.#failures += 1;
        this.#lose();
      }
    }, patience);
  }

  #heard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A channel was closed before anything came: what is told a view that was there may be lost. */
  #refused(): void {
    this.#failures += 1;
    if (this.#isKnown && this.#failures <= MOST_REFUSALS) {
      this.#await();
    } else {
      this.#listener.closed();
    }
  }

  /** There is no other end any more: look for it where the view is seen. */
  #lose(): void {
    this.#heard();
    this.#isLost = true;
    this.#line?.close();
    this.#line = null;
    if (this.#visible) {
      this.#reopen();
    }
  }

  #reopen(): void {
    this.#isLost = this.#isReady = false;
    this.#listener.reopened();
    const opening = this.open();
    const turn = this.#turn;
    opening.catch(() => {
      if (turn === this.#turn) {
        this.#await();
      }
    });
  }

  readonly #open: (listener: ChannelListener) => Promise<Line>;
  readonly #listener: ConnectionListener;
  #line: Line | null = null;
  #turn = 0;
  #visible = true;
  #isReady = false;
  #isLost = false;
  #isAnswered = false;
  #isKnown = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beats: ReturnType<typeof setInterval> | undefined;
}
