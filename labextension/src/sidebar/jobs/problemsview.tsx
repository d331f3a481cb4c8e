import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import { type JSX, useId, useState } from 'react';

import { Busy } from '../state/busy.js';
import type { KernelJobs } from './kerneljobs.js';
import type { Job, JobProblem } from './messages.js';

interface Props {
  readonly jobs: KernelJobs;
  readonly job: Job;
  readonly trans: TranslationBundle;
}

/** Says how much went wrong in a job, and what, when that is asked for. */
export function ProblemsView({ jobs, job, trans }: Props): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  if (job.problems === 0) {
    return null;
  }
  const Caret = isOpen ? caretDownIcon : caretRightIcon;
  return (
    <div className="jp-StreamJob-problems">
      <button
        type="button"
        className="jp-StreamJob-more"
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => {
          if (!isOpen) {
            jobs.askProblems(job.id);
          }
          setOpen(!isOpen);
        }}
      >
        <Caret.react tag="span" className="jp-StreamJob-caret" aria-hidden="true" />
        {trans._n('%1 problem', '%1 problems', job.problems)}
      </button>
      <div id={list} hidden={!isOpen}>
        {isOpen && <ProblemList known={jobs.problems(job.id)} trans={trans} />}
      </div>
    </div>
  );
}

interface ListProps {
  readonly known: readonly JobProblem[] | null;
  readonly trans: TranslationBundle;
}

function ProblemList({ known, trans }: ListProps): JSX.Element {
  if (known === null) {
    return <Busy text={trans.__('Asking the kernel …')} />;
  }
  return (
    <ul className="jp-StreamJob-list">
      {known.map(({ title, detail, count }) => (
        <li key={title}>
          <span className="jp-StreamJob-problem">{title}</span>
          {count > 1 && (
            <span className="jp-StreamJob-count" title={trans.__('It happened %1 times', count)}>
              {`×${count}`}
            </span>
          )}
          <pre className="jp-StreamJob-detail" tabIndex={0}>
            {detail}
          </pre>
        </li>
      ))}
    </ul>
  );
}
