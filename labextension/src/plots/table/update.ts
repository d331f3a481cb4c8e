import { count, type Fields, list, text, WireError } from '../../wire.js';
import { type CommonUpdate, readCommon } from '../common.js';

/** The rows that are new in a table. */
export interface TableUpdate extends CommonUpdate {
  readonly kind: 'table';
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many rows are shown. */
  readonly capacity: number;
}

/** Read the header of a table. */
export function readTable(plot: Fields): TableUpdate {
  return {
    ...readCommon(plot),
    kind: 'table',
    names: list(plot, 'names', cell),
    rows: list(plot, 'rows', row),
    capacity: count(plot, 'capacity')
  };
}

function row(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new WireError('a row is no list');
  }
  return value.map(cell);
}

function cell(value: unknown): string {
  return text({ cell: value }, 'cell');
}
