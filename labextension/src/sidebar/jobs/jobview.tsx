import type { TranslationBundle } from '@jupyterlab/translation';
import { Button, LabIcon, pauseIcon, runIcon, stopIcon } from '@jupyterlab/ui-components';
import type { JSX } from 'react';

import { gotoIcon } from './icons.js';
import { jobFacts, jobKindText, jobStateText, jobTitle } from './jobtexts.js';
import type { KernelJobs } from './kerneljobs.js';
import { hasEnded, type Job } from './messages.js';
import { ProblemsView } from './problemsview.js';

interface Props {
  readonly jobs: KernelJobs;
  readonly job: Job;
  readonly trans: TranslationBundle;
  readonly open: (cell: string | null) => void;
}

/** A job: what it does, how it gets on, and what can be done with it. */
export function JobView(props: Props): JSX.Element {
  const { job, trans } = props;
  const title = jobTitle(job);
  const state = jobStateText(job.state, trans);
  const note = job.trouble ?? job.reason;
  return (
    <li
      className="jp-StreamJob"
      data-job={job.id}
      data-state={job.state}
      aria-label={`${jobKindText(job.kind, trans)} ${title}, ${state}`}
    >
      <div className="jp-StreamJob-head">
        <span className="jp-StreamJob-kind">{jobKindText(job.kind, trans)}</span>
        <span className="jp-StreamJob-name" title={`${title} (${job.id})`}>
          {title}
        </span>
        <span className="jp-StreamJob-state">{state}</span>
      </div>
      <div className="jp-StreamJob-row">
        <span className="jp-StreamJob-facts">
          {jobFacts(job, trans).map(({ id, text }) => (
            <span key={id} className={`jp-StreamJob-${id}`}>
              {text}
            </span>
          ))}
        </span>
        <JobButtons {...props} />
      </div>
      {note !== null && (
        <p className="jp-StreamJob-note" data-trouble={job.trouble !== null}>
          {note}
        </p>
      )}
      <ProblemsView {...props} />
    </li>
  );
}

function JobButtons({ jobs, job, trans, open }: Props): JSX.Element {
  const title = jobTitle(job);
  return (
    <span className="jp-StreamJob-buttons">
      {!hasEnded(job) && (
        <>
          {job.state === 'paused' ? (
            <JobButton
              icon={runIcon}
              label={trans.__('Resume %1', title)}
              run={() => {
                jobs.command(job.id, 'resume');
              }}
            />
          ) : (
            <JobButton
              icon={pauseIcon}
              label={trans.__('Pause %1', title)}
              run={() => {
                jobs.command(job.id, 'pause');
              }}
            />
          )}
          <JobButton
            icon={stopIcon}
            label={trans.__('Stop %1', title)}
            run={() => {
              jobs.command(job.id, 'stop');
            }}
          />
        </>
      )}
      <JobButton
        icon={gotoIcon}
        label={
          job.cell === null
            ? trans.__('Go to the notebook of %1', title)
            : trans.__('Go to the cell of %1', title)
        }
        run={() => {
          open(job.cell);
        }}
      />
    </span>
  );
}

interface ButtonProps {
  readonly icon: LabIcon;
  readonly label: string;
  readonly run: () => void;
}

function JobButton({ icon: Icon, label, run }: ButtonProps): JSX.Element {
  return (
    <Button
      type="button"
      minimal
      className="jp-StreamIconButton"
      title={label}
      aria-label={label}
      onClick={run}
    >
      <Icon.react tag="span" aria-hidden="true" />
    </Button>
  );
}
