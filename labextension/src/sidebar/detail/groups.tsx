import { Button, caretDownIcon, caretRightIcon, usersIcon } from '@jupyterlab/ui-components';
import { useState, type JSX } from 'react';

import type { ConsumerGroup } from '../api/topics.js';
import type { FoundKernel } from '../jobs/kernelport.js';
import { openUser } from '../jobs/openuser.js';
import { formatCount } from '../../format.js';
import { Busy } from '../state/busy.js';
import { EmptyState } from '../state/emptystate.js';
import { SeenWidget } from '../state/seenwidget.js';
import { useChanges } from '../state/usechanges.js';
import type { Surroundings } from '../surroundings.js';
import { membersOf } from './groupmembers.js';
import { GroupsModel } from './groupsmodel.js';
import type { Subtab } from './subtab.js';
import { FailureView } from './topicpage.js';

/** Groups change slowly, and cost the cluster more than figures: seconds between two questions. */
const PAUSE = 3000;

/** The consumer groups of a topic. */
export const groupsSubtab: Subtab = {
  id: 'groups',
  label: trans => trans.__('Groups'),
  make: ({ place }, around) =>
    new GroupsPage(new GroupsModel(place, around.api, () => PAUSE), around)
};

class GroupsPage extends SeenWidget {
  constructor(
    private readonly model: GroupsModel,
    private readonly around: Surroundings
  ) {
    super();
    this.addClass('jp-StreamPage');
  }

  protected override onSeen(isSeen: boolean): void {
    this.model.setActive(isSeen);
  }

  protected override render(): JSX.Element {
    return <Groups model={this.model} around={this.around} />;
  }
}

interface Props {
  readonly model: GroupsModel;
  readonly around: Surroundings;
}

function Groups({ model, around }: Props): JSX.Element {
  useChanges(model);
  const { trans } = around;
  const refresh = (): void => {
    model.refresh();
  };
  if (model.groups === null) {
    return model.failure === null ? (
      <Busy text={trans.__('Asking the cluster …')} />
    ) : (
      <FailureView failure={model.failure} trans={trans} retry={refresh} />
    );
  }
  if (model.groups.length > 0) {
    return <GroupTable groups={model.groups} around={around} />;
  }
  return (
    <EmptyState
      icon={usersIcon}
      title={trans.__('No consumer group reads this topic')}
      text={trans.__(
        'Groups are for services that share work and go on where they stopped. A watch in a notebook needs none, so it is not listed here.'
      )}
      actions={[{ label: trans.__('Look again'), run: refresh }]}
    />
  );
}

interface TableProps {
  readonly groups: readonly ConsumerGroup[];
  readonly around: Surroundings;
}

function GroupTable({ groups, around }: TableProps): JSX.Element {
  const { trans } = around;
  const [open, setOpen] = useState<string | null>(null);
  return (
    <table className="jp-StreamTable jp-StreamTable-groups">
      <thead>
        <tr>
          <th scope="col" className="jp-mod-text">
            {trans.__('Group')}
          </th>
          <th scope="col" className="jp-mod-text">
            {trans.__('State')}
          </th>
          <th scope="col">{trans.__('Members')}</th>
          <th scope="col" title={trans.__('Records that it has not read yet')}>
            {trans.__('Lag')}
          </th>
          <th scope="col" className="jp-mod-text">
            {trans.__('Clients')}
          </th>
        </tr>
      </thead>
      {groups.map(group => (
        <GroupRows
          key={group.name}
          {...{ group, around }}
          isOpen={group.name === open}
          toggle={() => {
            setOpen(group.name === open ? null : group.name);
          }}
        />
      ))}
    </table>
  );
}

interface GroupProps {
  readonly group: ConsumerGroup;
  readonly around: Surroundings;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

function GroupRows({ group, around, isOpen, toggle }: GroupProps): JSX.Element {
  const { trans } = around;
  const { own, others } = membersOf(group, around.kernels.kernels ?? []);
  const Caret = isOpen ? caretDownIcon : caretRightIcon;
  return (
    <tbody>
      <tr>
        <th scope="row" className="jp-mod-text">
          <Button
            type="button"
            minimal
            className="jp-StreamTable-open"
            aria-expanded={isOpen}
            title={isOpen ? trans.__('Hide partitions') : trans.__('Show partitions')}
            onClick={toggle}
          >
            <Caret.react tag="span" aria-hidden="true" />
            {group.name}
          </Button>
          {own.length > 0 && (
            <span
              className="jp-StreamBadge jp-StreamTable-own"
              title={trans.__('A kernel of this Jupyter server takes part in this group')}
            >
              {trans.__('your kernel')}
            </span>
          )}
        </th>
        <td className="jp-mod-text">{group.state}</td>
        <td>{formatCount(group.members)}</td>
        <td>{lagText(group.lag)}</td>
        <td className="jp-mod-text">
          {own.map(kernel => (
            <OwnMember key={kernel.id} {...{ kernel, around }} />
          ))}
          {others.join(', ')}
        </td>
      </tr>
      {isOpen &&
        group.partitions.map(({ partition, committed, lag }) => (
          <tr key={partition} className="jp-mod-default">
            <td className="jp-mod-text jp-StreamTable-inner" colSpan={2}>
              {trans.__('Partition %1', partition)}
            </td>
            <td />
            <td>{lagText(lag)}</td>
            <td className="jp-mod-text">
              {committed === null
                ? trans.__('nothing committed')
                : trans.__('committed up to offset %1', formatCount(committed))}
            </td>
          </tr>
        ))}
    </tbody>
  );
}

interface OwnProps {
  readonly kernel: FoundKernel;
  readonly around: Surroundings;
}

/** The notebook or console of a member, with a way to go there. */
function OwnMember({ kernel, around: { app, trans } }: OwnProps): JSX.Element {
  const [user] = kernel.users;
  const name = kernel.users.map(one => one.name).join(', ');
  return (
    <Button
      type="button"
      minimal
      className="jp-StreamTable-user"
      title={trans.__('Go to %1', user.path)}
      aria-label={trans.__('%1, your kernel: go there', name)}
      onClick={() => {
        void openUser(app, trans, user, null);
      }}
    >
      {name}
    </Button>
  );
}

function lagText(lag: number | null): string {
  return lag === null ? '–' : formatCount(lag);
}
