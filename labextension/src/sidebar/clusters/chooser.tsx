import {
  Button,
  HTMLSelect,
  refreshIcon,
  runIcon,
  stopIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import type { Cluster } from '../api/clusters.js';
import { Notice } from '../state/notice.js';
import { sentences } from '../state/sentences.js';
import { useChanges } from '../state/usechanges.js';
import type { ClustersModel } from './clustersmodel.js';
import { stateText } from './statetext.js';

interface Props {
  readonly clusters: ClustersModel;
  readonly trans: TranslationBundle;
  readonly refresh: () => void;
}

/** Chooses the cluster, tells its state, and starts and stops the local broker. */
export function ClusterChooser({ clusters, trans, refresh }: Props): JSX.Element | null {
  useChanges(clusters);
  const { chosen, known } = clusters;
  if (known === null || chosen === null) {
    return null;
  }
  return (
    <div className="jp-StreamCluster">
      <div className="jp-StreamCluster-row">
        <HTMLSelect
          className="jp-StreamCluster-select"
          aria-label={trans.__('Cluster')}
          title={trans.__('The cluster whose topics are shown')}
          value={chosen.name}
          options={known.clusters.map(({ name, kind }) => ({
            value: name,
            label: kind === 'local' ? trans.__('Local broker') : name
          }))}
          onChange={event => {
            clusters.choose(event.target.value);
          }}
        />
        {chosen.kind === 'local' && <BrokerButton {...{ clusters, chosen, trans }} />}
        <IconButton icon={refreshIcon} label={trans.__('Refresh')} run={refresh} />
      </div>
      <ClusterState {...{ clusters, chosen, trans }} />
      <StopFailure {...{ clusters, chosen, trans }} />
      {known.problem !== null && (
        <Notice
          text={trans.__('Not all clusters are listed: %1', sentences(known.problem))}
          trans={trans}
          retry={refresh}
        />
      )}
    </div>
  );
}

interface ChosenProps {
  readonly clusters: ClustersModel;
  readonly chosen: Cluster;
  readonly trans: TranslationBundle;
}

function BrokerButton({ clusters, chosen, trans }: ChosenProps): JSX.Element {
  const isStopped = chosen.state === 'stopped';
  const isBusy = clusters.doing !== null || chosen.state === 'connecting';
  const notAllowed = trans.__('This Jupyter server does not allow to start and stop it from here');
  const isAllowed = clusters.known?.may_start_local === true;
  const busy = isBusy ? stateText(chosen, clusters.doing, trans) : isAllowed ? null : notAllowed;
  return isStopped ? (
    <IconButton
      icon={runIcon}
      label={trans.__('Start the local broker')}
      busy={busy}
      run={() => void clusters.start()}
    />
  ) : (
    <IconButton
      icon={stopIcon}
      label={trans.__('Stop the local broker (its topics are kept)')}
      busy={busy}
      run={() => void clusters.stop()}
    />
  );
}

/** Says why the local broker was not stopped; why it was not started stands in place of topics. */
function StopFailure({ clusters, chosen, trans }: ChosenProps): JSX.Element | null {
  const { brokerFailure: failure } = clusters;
  if (failure === null || chosen.kind !== 'local' || chosen.state === 'stopped') {
    return null;
  }
  const cause = sentences(failure.message, failure.reason, failure.remedy);
  return (
    <Notice
      text={trans.__('The local broker was not stopped: %1', cause)}
      trans={trans}
      retry={() => void clusters.stop()}
    />
  );
}

function ClusterState({ clusters, chosen, trans }: ChosenProps): JSX.Element {
  const doing = chosen.kind === 'local' ? clusters.doing : null;
  const text = stateText(chosen, doing, trans);
  return (
    <div className="jp-StreamCluster-state" title={chosen.reason ?? undefined}>
      <span
        className="jp-StreamDot"
        data-state={doing === null ? chosen.state : 'connecting'}
        aria-hidden="true"
      />
      <span role="status">{text}</span>
      {chosen.bootstrap !== null && (
        <span className="jp-StreamCluster-address">{chosen.bootstrap}</span>
      )}
    </div>
  );
}

interface IconButtonProps {
  readonly icon: LabIcon;
  readonly label: string;
  /** Why it cannot be used now. */
  readonly busy?: string | null;
  readonly run: () => void;
}

function IconButton({ icon: Icon, label, busy = null, run }: IconButtonProps): JSX.Element {
  return (
    <Button
      type="button"
      minimal
      className="jp-StreamIconButton"
      title={busy ?? label}
      aria-label={label}
      aria-disabled={busy !== null}
      onClick={() => {
        if (busy === null) {
          run();
        }
      }}
    >
      <Icon.react tag="span" aria-hidden="true" />
    </Button>
  );
}
