import { type JSX, memo } from 'react';

import { Cell, type CellProps } from './cells.js';
import { type ColumnName, NUMBERS } from './columns.js';

interface RowProps extends CellProps {
  readonly id: string;
  /** Its number in the grid, counted from 1; the head is the first. */
  readonly number: number;
  readonly top: number;
  readonly serial: number;
  readonly columns: readonly ColumnName[];
  readonly isSelected: boolean;
}

/** A record as a row. */
export const Row = memo(function Row(props: RowProps): JSX.Element {
  const { id, number, top, serial, columns, isSelected, ...cell } = props;
  return (
    <div
      id={id}
      role="row"
      className="jp-StreamRecords-row"
      aria-rowindex={number}
      aria-selected={isSelected}
      data-serial={serial}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, index) => (
        <div
          key={column}
          role="gridcell"
          aria-colindex={index + 1}
          className={NUMBERS.has(column) ? 'jp-mod-number' : undefined}
          data-column={column}
        >
          <Cell column={column} {...cell} />
        </div>
      ))}
    </div>
  );
});
