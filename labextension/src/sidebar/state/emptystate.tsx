import { Button, type LabIcon } from '@jupyterlab/ui-components';
import type { JSX } from 'react';

/** A thing that can be done. */
export interface Remedy {
  readonly label: string;
  readonly run: () => void;
}

/** What is said where there is nothing to show. */
export interface Emptiness {
  readonly icon: LabIcon;
  readonly title: string;
  readonly text: string;
  /** What is the cause, in the words of whoever knows it. */
  readonly cause?: string | null;
  /** Lines to type or to put into a file. */
  readonly code?: string;
  readonly isError?: boolean;
  readonly actions: readonly Remedy[];
}

/** Says why there is nothing, and what can be done about it. */
export function EmptyState(props: Emptiness): JSX.Element {
  const { icon: Icon, title, text, cause, code, isError, actions } = props;
  return (
    <div className="jp-StreamEmpty" role={isError ? 'alert' : 'status'}>
      <Icon.react tag="span" className="jp-StreamEmpty-icon" aria-hidden="true" />
      <h3 className="jp-StreamEmpty-title">{title}</h3>
      <p className="jp-StreamEmpty-text">{text}</p>
      {code !== undefined && <code className="jp-StreamEmpty-code">{code}</code>}
      {cause && <p className="jp-StreamEmpty-cause">{cause}</p>}
      <div className="jp-StreamEmpty-actions">
        {actions.map(({ label, run }, index) => (
          <Button
            key={label}
            type="button"
            className={index === 0 ? 'jp-mod-styled jp-mod-accept' : 'jp-mod-styled'}
            onClick={run}
          >
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
