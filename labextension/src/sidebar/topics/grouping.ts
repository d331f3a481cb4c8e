import type { Topic } from '../api/topics.js';

/** Topics whose names begin alike. */
export interface TopicGroup {
  /** What their names begin with, up to and with a separator. */
  readonly prefix: string;
  /** The part of the prefix that the groups around do not have. */
  readonly label: string;
  readonly nodes: readonly TopicNode[];
  /** How many topics there are in it and in the groups in it. */
  readonly count: number;
}

/** A topic in a group. */
export interface TopicLeaf {
  readonly topic: Topic;
  /** The part of its name that the groups around do not have. */
  readonly label: string;
}

export type TopicNode = TopicGroup | TopicLeaf;

export function isGroup(node: TopicNode): node is TopicGroup {
  return 'nodes' in node;
}

/** Group topics by the parts of their names, in the order in which they come. */
export function grouped(topics: readonly Topic[], separators: string): TopicNode[] {
  return nodesOf(topics, 0, new Set(separators));
}

function nodesOf(topics: readonly Topic[], start: number, separators: Set<string>): TopicNode[] {
  const heads = new Map<string, Topic[]>();
  for (const topic of topics) {
    const head = topic.name.slice(0, endOfPart(topic.name, start, separators));
    const same = heads.get(head);
    if (same === undefined) {
      heads.set(head, [topic]);
    } else {
      same.push(topic);
    }
  }
  return [...heads.values()].map(same => nodeOf(same, start, separators));
}

function nodeOf(topics: readonly Topic[], start: number, separators: Set<string>): TopicNode {
  if (topics.length === 1) {
    return { topic: topics[0], label: topics[0].name.slice(start) || topics[0].name };
  }
  const end = endOfShared(topics, start, separators);
  const prefix = topics[0].name.slice(0, end);
  const nodes = nodesOf(topics, end, separators);
  return { prefix, label: prefix.slice(start), nodes, count: topics.length };
}

/** A group that would hold nothing but another group is one with it. */
function endOfShared(topics: readonly Topic[], start: number, separators: Set<string>): number {
  let end = start;
  for (;;) {
    const next = endOfPart(topics[0].name, end, separators);
    const part = topics[0].name.slice(0, next);
    const isShared = topics.every(
      ({ name }) => name.startsWith(part) && endOfPart(name, end, separators) === next
    );
    if (!isShared || next === end) {
      return end;
    }
    end = next;
  }
}

/** Where the part of a name ends that begins at a place: behind the separators after it. */
function endOfPart(name: string, start: number, separators: Set<string>): number {
  let end = start;
  // Separators at the beginning of a name part nothing: `__offsets`.
  while (end < name.length && separators.has(name[end])) {
    end += 1;
  }
  while (end < name.length && !separators.has(name[end])) {
    end += 1;
  }
  while (end < name.length && separators.has(name[end])) {
    end += 1;
  }
  return end;
}
