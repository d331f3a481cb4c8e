/** What a question may hold. */
export interface Asked {
  readonly method?: 'GET' | 'POST';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Gives the question up. */
  readonly signal?: AbortSignal;
}

/** The way to the routes of the server extension; paths are relative to them. */
export interface Transport {
  /** Ask, and return the answer; what is no answer throws a `Failure`. */
  readonly ask: (path: string, asked?: Asked) => Promise<Response>;
  /** The whole address, for links: the browser's cookie lets them through. */
  readonly address: (path: string) => string;
  readonly socket: (path: string) => WebSocket;
}
