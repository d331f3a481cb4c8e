import type { IClassicComm } from '@jupyter-widgets/base';
import { uuid } from '@jupyter-widgets/base';

import { type KernelMessage, readMessage, type ViewMessage } from './messages.js';
import { type SubshellKernel, subshellReady } from './subshell.js';

const TARGET = 'jupyter_stream.frames';
const PROTOCOL_VERSION = 1;

/** A widget manager that can open comms of any target, as all that derive from ManagerBase can. */
export interface CommOpener {
  /** Make a comm; without data it is not opened. */
  _create_comm(target: string, id: string): Promise<IClassicComm>;
  readonly kernel?: SubshellKernel | null;
}

/** Who wants to know what comes. */
export interface ChannelListener {
  received(message: KernelMessage): void;
  /** A message came that is not understood. */
  failed(error: unknown): void;
  /** The kernel closed its end. */
  closed(): void;
}

interface CommMessage {
  readonly content: { readonly data: unknown };
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

/** A view's way to the kernel. */
export class Channel {
  /** Open a channel to the job that a stream names. */
  static async open(
    opener: CommOpener,
    stream: string,
    listener: ChannelListener
  ): Promise<Channel> {
    const comm = await opener._create_comm(TARGET, uuid());
    await subshellReady(comm, opener.kernel ?? null);
    const channel = new Channel(comm, listener);
    comm.open({ stream, version: PROTOCOL_VERSION });
    return channel;
  }

  private constructor(comm: IClassicComm, listener: ChannelListener) {
    this.#comm = comm;
    comm.on_msg((message: CommMessage) => {
      try {
        listener.received(readMessage(message.content.data, message.buffers?.map(asView) ?? []));
      } catch (error) {
        listener.failed(error);
      }
    });
    comm.on_close(() => {
      this.#comm = null;
      listener.closed();
    });
  }

  /** Send a message, unless the channel is closed. */
  send(message: ViewMessage): void {
    this.#comm?.send({ ...message });
  }

  /** Close both ends. */
  close(): void {
    this.#comm?.close();
    this.#comm = null;
  }

  /** Forget the other end, which is there no more. */
  abandon(): void {
    this.#comm = null;
  }

  #comm: IClassicComm | null;
}

function asView(buffer: ArrayBuffer | ArrayBufferView): DataView {
  return ArrayBuffer.isView(buffer)
    ? new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new DataView(buffer);
}
