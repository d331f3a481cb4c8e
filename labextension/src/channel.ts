import type { IClassicComm } from '@jupyter-widgets/base';
import { uuid } from '@jupyter-widgets/base';

import { Acknowledger } from './acknowledger.js';
import type { Frame } from './frame.js';
import {
  type KernelMessage,
  readMessage,
  type ReadyMessage,
  type RelayTicket,
  type ViewMessage
} from './messages.js';
import { isRelayed, type RelayedKernel } from './relay.js';
import { RelayKeeper } from './relaykeeper.js';
import { type SubshellKernel, subshellReady } from './subshell.js';

const TARGET = 'jupyter_stream.frames';
const PROTOCOL_VERSION = 1;

/** What frames that come over the relay say of their way. */
const RELAYED = 'relay';

/** A widget manager that can open comms of any target, as all that derive from ManagerBase can. */
export interface CommOpener {
  /** Make a comm; without data it is not opened. */
  _create_comm(target: string, id: string): Promise<IClassicComm>;
  readonly kernel?: ChanneledKernel | null;
}

/** What a channel wants of a kernel, where the front end shows it. */
type ChanneledKernel = SubshellKernel &
  Partial<RelayedKernel> & { readonly connectionStatus?: string };

/** Who wants to know what comes. */
export interface ChannelListener {
  received(message: Exclude<KernelMessage, RelayTicket>): void;
  /** A message came that is not understood. */
  failed(error: unknown): void;
  /** The kernel closed its end. */
  closed(): void;
}

interface CommMessage {
  readonly content: { readonly data: unknown };
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

/**
 * A view's way to the kernel: a comm, which works everywhere, and a relay where there is one.
 *
 * Frames come over the relay while it is open, and what the view says goes over it, save that
 * frames are acknowledged by the way they came; whatever else the kernel says comes over the comm.
 */
export class Channel {
  /** Open a channel to the job that a stream names. */
  static async open(
    opener: CommOpener,
    stream: string,
    listener: ChannelListener
  ): Promise<Channel> {
    const kernel = opener.kernel ?? null;
    const comm = await opener._create_comm(TARGET, uuid());
    await subshellReady(comm, kernel);
    const channel = new Channel(comm, kernel, listener);
    comm.open({ stream, version: PROTOCOL_VERSION });
    channel.#relay?.ask();
    return channel;
  }

  private constructor(
    comm: IClassicComm,
    kernel: ChanneledKernel | null,
    listener: ChannelListener
  ) {
    this.#comm = comm;
    this.#kernel = kernel;
    this.#listener = listener;
    comm.on_msg((message: CommMessage) => {
      this.#guarded(() => {
        this.#received(readMessage(message.content.data, message.buffers?.map(asView) ?? []));
      });
    });
    comm.on_close(() => {
      this.abandon();
      listener.closed();
    });
    this.#relay = isRelayed(kernel) ? this.#keepRelay(kernel) : null;
  }

  /** Whether messages can get to the kernel now, as far as the front end tells. */
  get isReachable(): boolean {
    return (this.#kernel?.connectionStatus ?? 'connected') === 'connected';
  }

  /** Send a message, unless the channel is closed. */
  send(message: Exclude<ViewMessage, { readonly type: 'ack' }>): void {
    if (message.type === 'ready') {
      this.#ready = message;
    } else if (message.type === 'visible') {
      this.#visible = message.visible;
    }
    if (this.#relay?.isOpen === true) {
      this.#relay.send(message);
    } else {
      this.#comm?.send({ ...message });
    }
  }

  /** Say that a frame was painted, by the way that it came: the other may stand still. */
  acknowledge(sequence: number, transport: string): void {
    if (transport === RELAYED && this.#relay?.isOpen === true) {
      this.#relay.send({ type: 'ack', sequence });
    } else {
      this.#acknowledger.painted(sequence);
    }
  }

  /** Note by which way a frame came: the kernel may have left the relay. */
  came({ sequence, transport }: Pick<Frame, 'sequence' | 'transport'>): void {
    if (transport === RELAYED) {
      this.#relay?.brought(sequence);
    } else {
      this.#relay?.passed(sequence);
    }
  }

  /** Close both ends. */
  close(): void {
    this.#comm?.close();
    this.abandon();
  }

  /** Forget the other end, which is there no more. */
  abandon(): void {
    this.#acknowledger.stop();
    this.#relay?.stop();
    this.#comm = null;
  }

  #keepRelay(kernel: RelayedKernel): RelayKeeper {
    return new RelayKeeper(kernel, {
      ask: () => this.#comm?.send({ type: 'relay' }),
      frame: bytes => {
        this.#guarded(() => {
          this.#received({ type: 'frame', bytes });
        });
      },
      lost: () => {
        this.#repeat();
      }
    });
  }

  #received(message: KernelMessage): void {
    if (message.type === 'relay') {
      this.#relay?.open(message.ticket);
      return;
    }
    if (message.type === 'figure') {
      this.#ready = null;
    }
    // Frames that were on another way may be for the figure before.
    if (message.type !== 'frame' || this.#ready !== null) {
      this.#listener.received(message);
    }
  }

  /** Say again what may not have arrived over a relay that was lost. */
  #repeat(): void {
    this.#comm?.send({ type: 'visible', visible: this.#visible });
    if (this.#ready !== null) {
      this.#comm?.send({ ...this.#ready });
    }
  }

  #guarded(take: () => void): void {
    try {
      take();
    } catch (error) {
      this.#listener.failed(error);
    }
  }

  readonly #kernel: ChanneledKernel | null;
  readonly #listener: ChannelListener;
  readonly #relay: RelayKeeper | null;
  readonly #acknowledger = new Acknowledger(sequence => {
    this.#comm?.send({ type: 'ack', sequence });
  });
  #comm: IClassicComm | null;
  /** What was said last when the figure was there; null while it is not. */
  #ready: ReadyMessage | null = null;
  #visible = true;
}

function asView(buffer: ArrayBuffer | ArrayBufferView): DataView {
  return ArrayBuffer.isView(buffer)
    ? new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new DataView(buffer);
}
