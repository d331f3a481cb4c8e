/** What Python keeps for itself. */
const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except ' +
    'finally for from global if import in is lambda nonlocal not or pass raise return try while ' +
    'with yield'
  ).split(' ')
);

/** Names whose loss the cell itself, or the next one, would suffer from. */
const TAKEN = new Set(['js', 'print', 'len', 'range', 'list', 'dict', 'str', 'int', 'float']);

const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/** Why a text cannot be the name of a variable; null if it can. */
export type NameProblem = 'empty' | 'no-name' | 'keyword' | 'taken' | null;

/** Say why a text cannot be the name of a variable in Python. */
export function problemOfName(text: string): NameProblem {
  if (text === '') {
    return 'empty';
  }
  if (!IDENTIFIER.test(text)) {
    return 'no-name';
  }
  // Python reads names in this form.
  const name = text.normalize('NFKC');
  if (KEYWORDS.has(name)) {
    return 'keyword';
  }
  return TAKEN.has(name) ? 'taken' : null;
}
