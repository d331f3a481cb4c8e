import type { Topic } from '../api/topics.js';
import { isGroup, type TopicNode } from './grouping.js';

interface Place {
  /** Tells rows apart: a favourite is there twice. */
  readonly key: string;
  readonly label: string;
  readonly level: number;
  /** The group it is in. */
  readonly parent: string | null;
  /** Which one of how many in its group. */
  readonly position: number;
  readonly siblings: number;
}

/** The row of a group, which can be opened. */
export interface GroupRow extends Place {
  readonly kind: 'group';
  readonly count: number;
  readonly isOpen: boolean;
}

/** The row of a topic. */
export interface TopicRow extends Place {
  readonly kind: 'topic';
  readonly topic: Topic;
}

export type Row = GroupRow | TopicRow;

/** The group that is before all others. */
export const FAVOURITES = 'favourites';

/** Say whether a group is open. */
export type IsOpen = (key: string) => boolean;

/** Write the rows of topics below each other, without those in groups that are closed. */
export function rowsOf(nodes: readonly TopicNode[], isOpen: IsOpen): Row[] {
  const rows: Row[] = [];
  addRows(rows, nodes, isOpen, 1, null);
  return rows;
}

function addRows(
  rows: Row[],
  nodes: readonly TopicNode[],
  isOpen: IsOpen,
  level: number,
  parent: string | null
): void {
  nodes.forEach((node, index) => {
    const place = { label: node.label, level, parent, position: index + 1, siblings: nodes.length };
    if (isGroup(node)) {
      const key = `group:${node.prefix}`;
      const open = isOpen(key);
      rows.push({ ...place, kind: 'group', key, count: node.count, isOpen: open });
      if (open) {
        addRows(rows, node.nodes, isOpen, level + 1, key);
      }
    } else {
      const { topic } = node;
      rows.push({ ...place, kind: 'topic', key: `topic:${topic.name}`, topic });
    }
  });
}

/** Write the favourites as a group of their own. */
export function favouriteRows(topics: readonly Topic[], label: string, isOpen: boolean): Row[] {
  if (topics.length === 0) {
    return [];
  }
  const group: GroupRow = {
    kind: 'group',
    key: FAVOURITES,
    label,
    level: 1,
    parent: null,
    position: 1,
    siblings: 1,
    count: topics.length,
    isOpen
  };
  const rows = topics.map<TopicRow>((topic, index) => ({
    kind: 'topic',
    key: `favourite:${topic.name}`,
    label: topic.name,
    level: 2,
    parent: FAVOURITES,
    position: index + 1,
    siblings: topics.length,
    topic
  }));
  return isOpen ? [group, ...rows] : [group];
}
