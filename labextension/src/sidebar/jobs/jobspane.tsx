import type { TranslationBundle } from '@jupyterlab/translation';
import { Button } from '@jupyterlab/ui-components';
import type { JSX } from 'react';

import { Busy } from '../state/busy.js';
import { EmptyState } from '../state/emptystate.js';
import { useChanges } from '../state/usechanges.js';
import { jobsEmptiness, type JobsActions } from './emptiness.js';
import { JobView } from './jobview.js';
import type { KernelJobs } from './kerneljobs.js';
import type { JobsModel } from './jobsmodel.js';

interface Props {
  readonly model: JobsModel;
  readonly actions: JobsActions;
  readonly trans: TranslationBundle;
}

/** The jobs of all kernels, or why there are none. */
export function JobsPane({ model, actions, trans }: Props): JSX.Element {
  useChanges(model);
  const shown = model.kernels.filter(({ jobs, state, isLate }) =>
    state === 'open' ? jobs.length > 0 : jobs.length > 0 || isLate || state === 'failed'
  );
  if (shown.length > 0) {
    return (
      <div className="jp-StreamJobs">
        {shown.map(one => (
          <KernelView key={one.kernel.id} jobs={one} actions={actions} trans={trans} />
        ))}
      </div>
    );
  }
  if (!model.isSettled) {
    return <Busy text={trans.__('Looking for jobs …')} />;
  }
  return <EmptyState {...jobsEmptiness(model, actions, trans)} />;
}

interface KernelProps {
  readonly jobs: KernelJobs;
  readonly actions: JobsActions;
  readonly trans: TranslationBundle;
}

function KernelView({ jobs, actions, trans }: KernelProps): JSX.Element {
  const { kernel } = jobs;
  const [user] = kernel.users;
  const heading = `jp-StreamJobs-${kernel.id}`;
  return (
    <section aria-labelledby={heading} data-path={user.path}>
      <h3 className="jp-StreamJobs-kernel" id={heading}>
        <Button
          type="button"
          minimal
          className="jp-StreamJobs-user"
          title={kernel.users.map(({ path }) => path).join('\n')}
          onClick={() => {
            actions.open(user, null);
          }}
        >
          {kernel.users.map(({ name }) => name).join(', ')}
        </Button>
        <span className="jp-StreamJobs-title">{kernel.title}</span>
      </h3>
      <KernelNote jobs={jobs} trans={trans} />
      <ul className="jp-StreamJobs-list">
        {[...jobs.jobs].reverse().map(job => (
          <JobView
            key={job.id}
            {...{ jobs, job, trans }}
            open={cell => {
              actions.open(user, cell);
            }}
          />
        ))}
      </ul>
    </section>
  );
}

type NoteProps = Pick<KernelProps, 'jobs' | 'trans'>;

function KernelNote({ jobs, trans }: NoteProps): JSX.Element | null {
  if (jobs.state === 'failed') {
    return (
      <div className="jp-StreamJobs-note" role="alert">
        <span>{trans.__('The kernel does not tell its jobs.')}</span>
        <Button
          type="button"
          className="jp-mod-styled"
          onClick={() => {
            jobs.start();
          }}
        >
          {trans.__('Try Again')}
        </Button>
      </div>
    );
  }
  if (!jobs.isLate) {
    return null;
  }
  return (
    <p className="jp-StreamJobs-note" role="status">
      {trans.__('The kernel is busy: it tells its jobs when the running cell is done.')}
    </p>
  );
}
