import type { ViewMessage } from './messages.js';

const ROUTE = 'jupyter-stream/api/relay';

/** What is asked of a kernel for a relay; only front ends of a Jupyter server have it. */
export interface RelayedKernel {
  readonly id: string;
  readonly serverSettings: {
    readonly wsUrl: string;
    readonly token: string;
    readonly appendToken: boolean;
    readonly WebSocket: typeof WebSocket;
  };
}

/**
 * How a relay ended: it was open and got lost, the server or the kernel refused it, or the server
 * did not even know the route.
 */
export type RelayEnd = 'lost' | 'refused' | 'absent';

/** Who wants to know what becomes of a relay. */
export interface RelayListener {
  opened(): void;
  frame(bytes: DataView): void;
  ended(how: RelayEnd): void;
}

/** One WebSocket to a kernel by way of the Jupyter server. */
export class Relay {
  /** Connect to a kernel with a ticket that it wrote for this view. */
  constructor(kernel: RelayedKernel, ticket: string, listener: RelayListener) {
    this.#listener = listener;
    this.#socket = new kernel.serverSettings.WebSocket(address(kernel));
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => {
      this.#end = 'refused';
      this.#socket.send(JSON.stringify({ kernel: kernel.id, ticket }));
    };
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#received(data);
    };
    this.#socket.onclose = () => {
      listener.ended(this.#end);
    };
  }

  /** Send a message; only after it was opened. */
  send(message: ViewMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Close both ends; the listener hears nothing more. */
  close(): void {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
  }

  #received(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      this.#listener.frame(new DataView(data));
    } else {
      // The only text that comes says that the kernel is at the other end.
      this.#end = 'lost';
      this.#listener.opened();
    }
  }

  readonly #listener: RelayListener;
  readonly #socket: WebSocket;
  #end: RelayEnd = 'absent';
}

/** Tell whether a front end's kernel can be relayed at all. */
export function isRelayed(kernel: Partial<RelayedKernel> | null): kernel is RelayedKernel {
  return typeof kernel?.id === 'string' && typeof kernel.serverSettings?.wsUrl === 'string';
}

/** The ticket is not in the address, since addresses are logged; Jupyter's own token is, if it must. */
function address({ serverSettings: { wsUrl, token, appendToken } }: RelayedKernel): string {
  const query = appendToken && token !== '' ? `?token=${encodeURIComponent(token)}` : '';
  return `${wsUrl.replace(/\/?$/, '/')}${ROUTE}${query}`;
}
