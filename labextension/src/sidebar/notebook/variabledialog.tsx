import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useId, useState } from 'react';

import { formatCount } from '../../format.js';
import { type NameProblem, problemOfName } from './pythonname.js';

const PROPOSED: Fields = { name: 'records', count: '100' };
const MOST = 100_000;

/** What the dialog does instead of reading. */
const COPY = 'copy';

/** A name, and how many records of a stretch. */
interface Variable {
  readonly name: string;
  readonly count: number;
}

/** What the user wants. */
export interface VariableWish extends Variable {
  /** Whether the Python that reads them is wanted, and not the variable. */
  readonly isCopied: boolean;
}

/** What is in the fields of the dialog. */
interface Fields {
  readonly name: string;
  readonly count: string;
}

/** Ask for the name of a variable; `chosen` is how many records it gets, null asks that too. */
export async function askName(
  trans: TranslationBundle,
  chosen: number | null,
  proposed = PROPOSED
): Promise<VariableWish | null> {
  const body = new WishWidget(trans, chosen, proposed);
  const result = await showDialog({
    title: trans.__('Records to a Variable'),
    body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.createButton({ label: trans.__('Copy as Python'), accept: true, actions: [COPY] }),
      Dialog.okButton({ label: trans.__('Read Them') })
    ],
    focusNodeSelector: 'input'
  });
  if (!result.button.accept) {
    return null;
  }
  // What is wrong is told in the dialog: there it is asked for again.
  const wish = body.getValue();
  if (wish === null) {
    return askName(trans, chosen, body.fields);
  }
  return { ...wish, isCopied: result.button.actions.includes(COPY) };
}

/** The body of the dialog. */
class WishWidget extends ReactWidget {
  constructor(
    private readonly trans: TranslationBundle,
    private readonly chosen: number | null,
    public fields: Fields
  ) {
    super();
    this.addClass('jp-StreamWish');
  }

  /** Return the wish; null if it cannot be fulfilled. */
  getValue(): Variable | null {
    const name = this.fields.name.trim();
    const count = Number(this.fields.count);
    return problemOfName(name) === null && isCount(count) ? { name, count } : null;
  }

  protected override render(): JSX.Element {
    return (
      <WishForm
        trans={this.trans}
        chosen={this.chosen}
        proposed={this.fields}
        onChange={fields => {
          this.fields = fields;
        }}
      />
    );
  }
}

interface FormProps {
  readonly trans: TranslationBundle;
  readonly chosen: number | null;
  readonly proposed: Fields;
  readonly onChange: (fields: Fields) => void;
}

function WishForm({ trans, chosen, proposed, onChange }: FormProps): JSX.Element {
  const [fields, setFields] = useState(proposed);
  const note = useId();
  const countNote = useId();
  const change = (changes: Partial<Fields>): void => {
    setFields({ ...fields, ...changes });
    onChange({ ...fields, ...changes });
  };
  const problem = problemText(problemOfName(fields.name.trim()), trans);
  const isCounted = isCount(Number(fields.count));
  return (
    <>
      <label className="jp-StreamWish-field">
        {trans.__('Name of the variable')}
        <input
          className="jp-mod-styled"
          type="text"
          value={fields.name}
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={note}
          onChange={event => {
            change({ name: event.target.value });
          }}
        />
      </label>
      <p id={note} className="jp-StreamWish-note" role="status" data-problem={problem !== null}>
        {problem ?? trans.__('A cell of the active notebook reads them, with its own connection.')}
      </p>
      {chosen === null ? (
        <>
          <label className="jp-StreamWish-field">
            {trans.__('How many records, at most')}
            <input
              className="jp-mod-styled"
              type="number"
              min={1}
              max={MOST}
              value={fields.count}
              aria-invalid={!isCounted}
              aria-describedby={countNote}
              onChange={event => {
                change({ count: event.target.value });
              }}
            />
          </label>
          <p id={countNote} className="jp-StreamWish-note" role="status" data-problem={!isCounted}>
            {isCounted ? '' : trans.__('Give a whole number from 1 to %1.', formatCount(MOST))}
          </p>
        </>
      ) : (
        <p className="jp-StreamWish-note">
          {trans._n('%1 record is chosen.', '%1 records are chosen.', chosen)}
        </p>
      )}
    </>
  );
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= MOST;
}

function problemText(problem: NameProblem, trans: TranslationBundle): string | null {
  switch (problem) {
    case 'empty':
      return trans.__('Give it a name.');
    case 'no-name':
      return trans.__('Python allows letters, digits and _ in names, and no digit as the first.');
    case 'keyword':
      return trans.__('Python has this word for itself.');
    case 'taken':
      return trans.__('This name is in use for something that you will need.');
    case null:
      return null;
  }
}
