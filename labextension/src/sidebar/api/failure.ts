/** What the server says when it cannot answer. */
interface Explanation {
  readonly message: string;
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** What went wrong, as far as it decides what can be done about it. */
export type FailureKind =
  | 'offline' // the Jupyter server does not answer
  | 'absent' // it answers, but has no server extension of ours
  | 'parameter'
  | 'forbidden'
  | 'unknown' // no such cluster, topic or record
  | 'unreachable' // the cluster does not answer
  | 'late' // the time for it is used up
  | 'server';

const KINDS: Readonly<Record<number, FailureKind>> = {
  400: 'parameter',
  401: 'forbidden',
  403: 'forbidden',
  404: 'unknown',
  503: 'unreachable',
  504: 'late'
};

/** A question that was not answered: what went wrong, why, and what to do. */
export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly reason: string | null = null,
    readonly remedy: string | null = null
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** Read the answer that says why there is none. */
export async function failureOf(response: Response): Promise<Failure> {
  const text = await response.text();
  const told = explanationIn(text);
  if (told !== null) {
    const kind = KINDS[response.status] ?? 'server';
    return new Failure(kind, told.message, told.reason ?? null, told.remedy ?? null);
  }
  // Jupyter answers for routes that nobody serves, and not in our words.
  const kind = response.status === 404 ? 'absent' : (KINDS[response.status] ?? 'server');
  return new Failure(kind, `${response.status} ${response.statusText}`);
}

/** Jupyter's own errors have a message too, but always with a traceback. */
function explanationIn(text: string): Explanation | null {
  try {
    const told = JSON.parse(text) as Partial<Explanation> | null;
    return typeof told?.message === 'string' && 'remedy' in told ? (told as Explanation) : null;
  } catch {
    return null;
  }
}

/** Return what was thrown as a failure; what is none is a mistake in the program. */
export function asFailure(thrown: unknown): Failure {
  return thrown instanceof Failure ? thrown : new Failure('server', String(thrown));
}
