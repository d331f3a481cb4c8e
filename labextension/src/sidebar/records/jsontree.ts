/** A number as it is written, where JavaScript would write it in another way, or lose digits. */
export class ExactNumber {
  constructor(readonly digits: string) {}
}

/** How many members are shown at once, so that a long list does not hold up the page. */
export const MEMBERS = 100;

/** Read JSON without losing digits; undefined if the text is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, exactly) as unknown;
  } catch {
    return undefined;
  }
}

function exactly(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  const isOther = typeof value === 'number' && source !== undefined && String(value) !== source;
  return isOther ? new ExactNumber(source) : value;
}

/** Return the members of an object or a list; null if the value has none of its own. */
export function membersOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  const isBranch = typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
  return isBranch ? Object.entries(value) : null;
}

/** Write a value that has no members as JSON does. */
export function leafText(value: unknown): string {
  return value instanceof ExactNumber ? value.digits : JSON.stringify(value);
}

/** What a leaf is, for its colour. */
export function leafKind(value: unknown): 'string' | 'number' | 'word' {
  if (typeof value === 'string') {
    return 'string';
  }
  return typeof value === 'number' || value instanceof ExactNumber ? 'number' : 'word';
}

/** Write an object or a list so short that it stands behind its name: {a: 1, b: …}. */
export function summaryOf(value: object): string {
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const parts = entries.slice(0, 4).map(([name, member]) => {
    const text = membersOf(member) === null ? leafText(member).slice(0, 24) : '…';
    return isList ? text : `${name}: ${text}`;
  });
  const more = entries.length > parts.length ? ', …' : '';
  return isList ? `[${parts.join(', ')}${more}]` : `{${parts.join(', ')}${more}}`;
}
