import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { Failure } from '../api/failure.js';
import { Notice } from './notice.js';
import { sentences } from './sentences.js';

interface Props {
  readonly failure: Failure;
  readonly trans: TranslationBundle;
  readonly retry: () => void;
}

/** Says that what is shown is not up to date, and why. */
export function Stale({ failure, trans, retry }: Props): JSX.Element {
  const cause = sentences(failure.message, failure.reason);
  return <Notice text={trans.__('Not up to date: %1', cause)} trans={trans} retry={retry} />;
}
