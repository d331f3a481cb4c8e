import type { StreamFile } from '../api/files.js';
import type { VariableChoice } from '../records/choice.js';
import {
  connectCall,
  IMPORT,
  isConnected,
  type KernelFacts,
  type NamedCluster
} from './cellclusters.js';
import { pathPattern, pythonText } from './quoting.js';

/** So many signs of a hash tell files apart. */
const HASH_SIGNS = 16;

/** From so many offsets in a row on they are written as a range. */
const LONG = 3;

/** What tells which file is wanted. */
export type WantedFile = Pick<StreamFile, 'path' | 'places' | 'sha512'>;

type Places = NonNullable<VariableChoice['places']>;

/** Return the call that reads what was chosen; `limit` counts where a stretch was chosen. */
export function recordsCall(choice: VariableChoice, limit: number): string {
  const words = [pythonText(choice.topic)];
  if (choice.places !== null) {
    words.push(`offsets=${offsetsText(choice.places)}`);
  } else {
    words.push(...stretchWords(choice.from, limit));
    if (choice.partition !== 'all') {
      words.push(`partition=${choice.partition}`);
    }
  }
  return `js.records(${words.join(', ')})`;
}

/** Return a cell that makes what was chosen a variable. */
export function recordsCell(
  name: string,
  choice: VariableChoice,
  limit: number,
  cluster: NamedCluster,
  facts: KernelFacts
): string {
  return cell([`${name} = ${recordsCall(choice, limit)}`], cluster, facts);
}

/** Return a cell that takes a file from its topic. */
export function fileCell(
  topic: string,
  file: WantedFile,
  cluster: NamedCluster,
  facts: KernelFacts
): string {
  const words = [
    pythonText(topic),
    `start=${startText(file)}`,
    `include=${pythonText(pathPattern(file.path))}`,
    'until_end=True'
  ];
  const hash = pythonText(file.sha512.slice(0, HASH_SIGNS));
  return cell(
    [`with js.receive(${words.join(', ')}) as files:`, `    file = files.find(${hash})`, 'file'],
    cluster,
    facts
  );
}

function startText({ places }: WantedFile): string {
  const starts = new Map<number, number>();
  for (const { partition, first_offset: first } of places) {
    starts.set(partition, Math.min(first, starts.get(partition) ?? first));
  }
  const parts = [...starts].map(([partition, offset]) => `${partition}: ${offset}`);
  return `{${parts.join(', ')}}`;
}

function cell(lines: readonly string[], cluster: NamedCluster, facts: KernelFacts): string {
  const connecting = isConnected(facts, cluster) ? [] : [connectCall(cluster)];
  return [IMPORT, '', ...connecting, ...lines].join('\n');
}

function stretchWords(from: VariableChoice['from'], limit: number): readonly string[] {
  if (from === 'newest') {
    return [`newest=${limit}`];
  }
  if (from === 'earliest') {
    return [`limit=${limit}`];
  }
  const value = from.slice(from.indexOf(':') + 1);
  const start = from.startsWith('time:')
    ? pythonText(new Date(Number(value) * 1000).toISOString())
    : value;
  return [`start=${start}`, `limit=${limit}`];
}

function offsetsText(places: Places): string {
  const byPartition = new Map<number, number[]>();
  for (const [partition, offset] of places) {
    byPartition.set(partition, [...(byPartition.get(partition) ?? []), offset]);
  }
  const parts = [...byPartition]
    .sort(([one], [other]) => one - other)
    .map(([partition, offsets]) => `${partition}: ${listText(offsets)}`);
  return `{${parts.join(', ')}}`;
}

function listText(offsets: readonly number[]): string {
  const sorted = [...new Set(offsets)].sort((one, other) => one - other);
  const [first = 0] = sorted;
  const last = sorted.at(-1) ?? first;
  const isRow = sorted.length >= LONG && last - first === sorted.length - 1;
  return isRow ? `range(${first}, ${last + 1})` : `[${sorted.join(', ')}]`;
}
