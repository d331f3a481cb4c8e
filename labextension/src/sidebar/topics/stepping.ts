import type { Row } from './rows.js';

/** What a key does in the tree: another row gets the focus, or a group opens or closes. */
export type Step =
  | { readonly kind: 'move'; readonly key: string }
  | { readonly kind: 'open'; readonly key: string; readonly isOpen: boolean };

/** Return what a key does at a row, or null when it does nothing; `page` is in rows. */
export function stepOf(key: string, rows: readonly Row[], active: Row, page: number): Step | null {
  const index = rows.findIndex(row => row.key === active.key);
  switch (key) {
    case 'ArrowDown':
      return moveTo(rows, index + 1);
    case 'ArrowUp':
      return moveTo(rows, index - 1);
    case 'PageDown':
      return moveTo(rows, Math.min(index + page, rows.length - 1));
    case 'PageUp':
      return moveTo(rows, Math.max(index - page, 0));
    case 'Home':
      return moveTo(rows, 0);
    case 'End':
      return moveTo(rows, rows.length - 1);
    case 'ArrowRight':
      return inwards(rows, index);
    case 'ArrowLeft':
      return outwards(active);
    default:
      return null;
  }
}

/** Return the next topic in a direction, past groups. */
export function nextTopic(rows: readonly Row[], active: Row | null, direction: 1 | -1): Row | null {
  const start = rows.findIndex(({ key }) => key === active?.key);
  for (let index = start + direction; index >= 0 && index < rows.length; index += direction) {
    if (rows[index].kind === 'topic') {
      return rows[index];
    }
  }
  return null;
}

function moveTo(rows: readonly Row[], index: number): Step | null {
  const row = rows.at(index);
  return index < 0 || row === undefined ? null : { kind: 'move', key: row.key };
}

function inwards(rows: readonly Row[], index: number): Step | null {
  const row = rows[index];
  if (row.kind === 'topic') {
    return null;
  }
  return row.isOpen ? moveTo(rows, index + 1) : { kind: 'open', key: row.key, isOpen: true };
}

function outwards(row: Row): Step | null {
  if (row.kind === 'group' && row.isOpen) {
    return { kind: 'open', key: row.key, isOpen: false };
  }
  return row.parent === null ? null : { kind: 'move', key: row.parent };
}
