/** A part of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Split what was typed into the words that all have to be there. */
export function wordsOf(typed: string): string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Tell whether a name has all words, in any case and order. */
export function matches(name: string, words: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return words.every(word => lower.includes(word));
}

/** Split a name into what matches and what does not. */
export function piecesOf(name: string, words: readonly string[]): Piece[] {
  const marked = marksOf(name.toLowerCase(), words);
  const pieces: Piece[] = [];
  let start = 0;
  for (let end = 1; end <= name.length; end += 1) {
    if (end === name.length || marked[end] !== marked[start]) {
      pieces.push({ text: name.slice(start, end), isMatch: marked[start] });
      start = end;
    }
  }
  return pieces;
}

/** Say of each sign whether it belongs to a word. */
function marksOf(lower: string, words: readonly string[]): boolean[] {
  const marked = new Array<boolean>(lower.length).fill(false);
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      marked.fill(true, at, at + word.length);
    }
  }
  return marked;
}
