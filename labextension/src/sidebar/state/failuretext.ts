import type { TranslationBundle } from '@jupyterlab/translation';

import type { Failure } from '../api/failure.js';
import { sentences } from './sentences.js';

/** What to say of a failure. */
export interface FailureText {
  readonly title: string;
  readonly text: string;
  readonly cause: string | null;
  readonly code?: string;
}

/** How the server extension is switched on. */
export const ENABLE = 'jupyter server extension enable jupyter_stream.server';

/** Put a failure into words: what is wrong, what to do, and the cause. */
export function failureText(failure: Failure, trans: TranslationBundle): FailureText {
  const cause = sentences(failure.message, failure.reason);
  const text = failure.remedy;
  switch (failure.kind) {
    case 'absent':
      return {
        title: trans.__('The server extension is missing'),
        text: trans.__(
          'This Jupyter server does not run the server extension of jupyter_stream. Switch it on, and start the server again:'
        ),
        code: ENABLE,
        cause
      };
    case 'offline':
      return {
        title: trans.__('The Jupyter server does not answer'),
        text: trans.__('It may be stopped, or the connection to it is interrupted.'),
        cause: failure.reason
      };
    case 'forbidden':
      return {
        title: trans.__('Not allowed'),
        text: text ?? trans.__('Ask whoever runs this Jupyter server for access.'),
        cause
      };
    case 'unreachable':
      return {
        title: trans.__('The cluster does not answer'),
        text: text ?? trans.__('Look whether its brokers run and the address is right.'),
        cause
      };
    case 'late':
      return {
        title: trans.__('The cluster took too long to answer'),
        text: text ?? trans.__('It may be busy. Try again in a moment.'),
        cause
      };
    case 'unknown':
      return {
        title: trans.__('Not there (any more)'),
        text: text ?? trans.__('It may have been deleted.'),
        cause
      };
    default:
      return {
        title: trans.__('Something went wrong'),
        text: text ?? trans.__('Try again; the log of the Jupyter server tells more.'),
        cause
      };
  }
}
