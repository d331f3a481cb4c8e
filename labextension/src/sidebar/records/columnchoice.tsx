import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';

import { type ColumnName, COLUMNS, FIXED, toggled } from './columns.js';
import { columnTitle } from './wording.js';

interface ColumnChoiceProps {
  readonly columns: readonly ColumnName[];
  readonly trans: TranslationBundle;
  readonly onChoose: (columns: readonly ColumnName[]) => void;
}

/** Which columns are shown. */
export function ColumnChoice({ columns, trans, onChoose }: ColumnChoiceProps): JSX.Element {
  return (
    <fieldset className="jp-StreamRecords-choices">
      <legend className="jp-StreamRecords-hidden">{trans.__('Columns')}</legend>
      {COLUMNS.map(column => (
        <label
          key={column}
          title={FIXED.has(column) ? trans.__('The value is always shown') : undefined}
        >
          <input
            type="checkbox"
            disabled={FIXED.has(column)}
            checked={columns.includes(column)}
            onChange={() => {
              onChoose(toggled(columns, column));
            }}
          />
          {columnTitle(column, trans)}
        </label>
      ))}
    </fieldset>
  );
}
