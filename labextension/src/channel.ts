import type { IClassicComm } from '@jupyter-widgets/base';
import { uuid } from '@jupyter-widgets/base';

import { type KernelMessage, readMessage, type ViewMessage } from './messages.js';

const TARGET = 'jupyter_stream.frames';
const PROTOCOL_VERSION = 1;

/** A widget manager that can open comms of any target, as all that derive from ManagerBase can. */
export interface CommOpener {
  _create_comm(
    target: string,
    id: string,
    data: { stream: string; version: number }
  ): Promise<IClassicComm>;
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
    const data = { stream, version: PROTOCOL_VERSION };
    return new Channel(await opener._create_comm(TARGET, uuid(), data), listener);
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
