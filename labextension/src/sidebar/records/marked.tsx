import type { JSX } from 'react';

/** No more of a text than a cell can show is put into the page. */
const MOST = 400;

/** So much of a text stands in front of what was found in it. */
const BEFORE = 24;

/** A part of a text. */
export interface Part {
  readonly text: string;
  readonly isFound: boolean;
}

/** Cut a text to what a cell shows of it, around what is searched for. */
export function partsOf(text: string, sought: string, most = MOST): readonly Part[] {
  const place = sought === '' ? -1 : text.toLowerCase().indexOf(sought.toLowerCase());
  if (place < 0) {
    return [{ text: text.slice(0, most), isFound: false }];
  }
  const start = place <= BEFORE ? 0 : place - BEFORE;
  const end = place + sought.length;
  return [
    { text: (start === 0 ? '' : '…') + text.slice(start, place), isFound: false },
    { text: text.slice(place, end), isFound: true },
    { text: text.slice(end, end + most), isFound: false }
  ];
}

/** A text in one line, with what is searched for marked. */
export function Marked({ text, sought }: { text: string; sought: string }): JSX.Element {
  return (
    <>
      {partsOf(text, sought).map((part, index) =>
        part.isFound ? <mark key={index}>{part.text}</mark> : part.text
      )}
    </>
  );
}
