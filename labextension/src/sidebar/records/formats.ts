import type { FormatChoice } from '../api/records.js';

/** The ways to read values, in the order in which they are offered. */
export const FORMATS: readonly FormatChoice[] = [
  'auto',
  'json',
  'msgpack',
  'npy',
  'text',
  'bytes',
  'chunk'
];

/** Return the way to read values that has a name. */
export function readsAs(name: string): FormatChoice {
  return FORMATS.find(format => format === name) ?? 'auto';
}
