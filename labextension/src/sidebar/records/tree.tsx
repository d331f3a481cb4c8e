import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useState } from 'react';

import { leafKind, leafText, MEMBERS, membersOf, summaryOf } from './jsontree.js';

/** So many levels are open at first, as long as what is in them is short. */
const OPEN_LEVELS = 2;
const SHORT = 30;

interface BranchProps {
  readonly name: string | null;
  readonly value: unknown;
  readonly level: number;
  readonly trans: TranslationBundle;
}

/** A value as a tree that can be opened and closed. */
export function Tree({ value, trans }: Pick<BranchProps, 'value' | 'trans'>): JSX.Element {
  return (
    <div
      className="jp-StreamRecords-tree"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Value')}
    >
      <Branch name={null} value={value} level={0} trans={trans} />
    </div>
  );
}

function Branch({ name, value, level, trans }: BranchProps): JSX.Element {
  const members = membersOf(value);
  const isShort = members !== null && members.length <= SHORT;
  const [isOpen, setOpen] = useState(level === 0 || (level < OPEN_LEVELS && isShort));
  if (members === null || members.length === 0) {
    return <Leaf name={name} value={value} />;
  }
  return (
    <details
      open={isOpen}
      onToggle={event => {
        setOpen(event.currentTarget.open);
        event.stopPropagation();
      }}
    >
      <summary>
        <Name name={name} />
        <span className="jp-StreamRecords-summary">
          {isOpen ? countText(value, members.length, trans) : summaryOf(value as object)}
        </span>
      </summary>
      {isOpen && <Members members={members} level={level + 1} trans={trans} />}
    </details>
  );
}

interface MembersProps {
  readonly members: readonly (readonly [string, unknown])[];
  readonly level: number;
  readonly trans: TranslationBundle;
}

function Members({ members, level, trans }: MembersProps): JSX.Element {
  const [most, setMost] = useState(MEMBERS);
  const left = members.length - most;
  return (
    <div className="jp-StreamRecords-members">
      {members.slice(0, most).map(([name, value]) => (
        <Branch key={name} name={name} value={value} level={level} trans={trans} />
      ))}
      {left > 0 && (
        <button
          type="button"
          className="jp-StreamRecords-link"
          onClick={() => {
            setMost(most + 10 * MEMBERS);
          }}
        >
          {trans.__('Show more (%1 are left)', left)}
        </button>
      )}
    </div>
  );
}

function Leaf({ name, value }: Pick<BranchProps, 'name' | 'value'>): JSX.Element {
  return (
    <div className="jp-StreamRecords-leaf">
      <Name name={name} />
      <span data-kind={leafKind(value)}>{leafText(value)}</span>
    </div>
  );
}

function Name({ name }: Pick<BranchProps, 'name'>): JSX.Element {
  return name === null ? <></> : <span className="jp-StreamRecords-name">{name}: </span>;
}

function countText(value: unknown, count: number, trans: TranslationBundle): string {
  return Array.isArray(value)
    ? trans._n('[%1 item]', '[%1 items]', count)
    : trans._n('{%1 field}', '{%1 fields}', count);
}
