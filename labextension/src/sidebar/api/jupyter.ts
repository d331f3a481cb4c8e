import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import { Failure, failureOf } from './failure.js';
import type { Asked, Transport } from './transport.js';

const ROUTES = 'jupyter-stream/api/';

/** The way over JupyterLab's own connection to its server. */
export class JupyterTransport implements Transport {
  constructor(private readonly settings: ServerConnection.ISettings) {}

  async ask(path: string, asked: Asked = {}): Promise<Response> {
    const response = await this.#fetch(path, asked);
    if (!response.ok) {
      throw await failureOf(response);
    }
    return response;
  }

  address(path: string): string {
    return URLExt.join(this.settings.baseUrl, ROUTES) + path;
  }

  socket(path: string): WebSocket {
    const address = new URL(URLExt.join(this.settings.wsUrl, ROUTES) + path);
    if (this.settings.appendToken && this.settings.token !== '') {
      address.searchParams.set('token', this.settings.token);
    }
    return new this.settings.WebSocket(address.href);
  }

  async #fetch(path: string, { method = 'GET', body, signal }: Asked): Promise<Response> {
    // `no-cache` asks each time, and spares the number that JupyterLab puts to addresses else.
    const init: RequestInit = { method, signal, cache: 'no-cache' };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
    }
    try {
      return await ServerConnection.makeRequest(this.address(path), init, this.settings);
    } catch (error) {
      if (error instanceof ServerConnection.NetworkError) {
        throw new Failure('offline', 'The Jupyter server does not answer.', error.message);
      }
      throw error;
    }
  }
}
