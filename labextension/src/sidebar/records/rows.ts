import type { StreamRecord } from '../api/records.js';
import type { RecordWindow } from './window.js';

/** Records as rows from the top down. A row's serial stays the same where rows come and go. */
export interface Rows {
  readonly length: number;
  /** Another number means other rows, whose serials mean others. */
  readonly generation: number;
  readonly at: (row: number) => StreamRecord | undefined;
  readonly serialOf: (row: number) => number;
  readonly rowOf: (serial: number) => number;
}

/** Return the records of a window, the newest or the oldest at the top. */
export function rowsOfWindow(window: RecordWindow, isDownwards: boolean): Rows {
  const { length, first, generation } = window;
  const turned = (row: number) => (isDownwards ? length - 1 - row : row);
  return {
    length,
    generation,
    at: row => window.at(turned(row)),
    serialOf: row => first + turned(row),
    rowOf: serial => turned(serial - first)
  };
}

/** Return records that only ever become more. */
export function rowsOfList(records: readonly StreamRecord[], generation: number): Rows {
  return {
    length: records.length,
    generation,
    at: row => records.at(row),
    serialOf: row => row,
    rowOf: serial => serial
  };
}
