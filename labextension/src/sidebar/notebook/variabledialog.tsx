import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useId, useState } from 'react';

import { type NameProblem, problemOfName } from './pythonname.js';

const NAME = 'records';
const COUNT = 100;
const MOST = 100_000;

/** What the user wants: a name, and how many records of a stretch. */
export interface VariableWish {
  readonly name: string;
  readonly count: number;
}

/** Ask for the name of a variable; `chosen` is how many records it gets, null asks that too. */
export async function askName(
  trans: TranslationBundle,
  chosen: number | null
): Promise<VariableWish | null> {
  const body = new WishWidget(trans, chosen);
  const result = await showDialog({
    title: trans.__('Records to a Variable'),
    body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Read Them') })
    ],
    focusNodeSelector: 'input'
  });
  if (!result.button.accept) {
    return null;
  }
  const wish = body.getValue();
  // What is no name was told in the dialog: there it is asked for again.
  return wish ?? askName(trans, chosen);
}

/** The body of the dialog. */
class WishWidget extends ReactWidget {
  constructor(
    private readonly trans: TranslationBundle,
    private readonly chosen: number | null
  ) {
    super();
    this.addClass('jp-StreamWish');
  }

  /** Return the wish; null if it cannot be fulfilled. */
  getValue(): VariableWish | null {
    const count = Number(this.#count);
    const isCount = Number.isInteger(count) && count >= 1 && count <= MOST;
    return problemOfName(this.#name) === null && isCount ? { name: this.#name, count } : null;
  }

  protected override render(): JSX.Element {
    return (
      <WishForm
        trans={this.trans}
        chosen={this.chosen}
        onName={name => {
          this.#name = name.trim();
        }}
        onCount={count => {
          this.#count = count;
        }}
      />
    );
  }

  #name = NAME;
  #count = String(COUNT);
}

interface FormProps {
  readonly trans: TranslationBundle;
  readonly chosen: number | null;
  readonly onName: (name: string) => void;
  readonly onCount: (count: string) => void;
}

function WishForm({ trans, chosen, onName, onCount }: FormProps): JSX.Element {
  const [name, setName] = useState(NAME);
  const note = useId();
  const problem = problemText(problemOfName(name.trim()), trans);
  return (
    <>
      <label className="jp-StreamWish-field">
        {trans.__('Name of the variable')}
        <input
          className="jp-mod-styled"
          type="text"
          value={name}
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={note}
          onChange={event => {
            setName(event.target.value);
            onName(event.target.value);
          }}
        />
      </label>
      <p id={note} className="jp-StreamWish-note" role="status" data-problem={problem !== null}>
        {problem ?? trans.__('A cell of the active notebook reads them, with its own connection.')}
      </p>
      {chosen === null ? (
        <label className="jp-StreamWish-field">
          {trans.__('How many records, at most')}
          <input
            className="jp-mod-styled"
            type="number"
            min={1}
            max={MOST}
            defaultValue={COUNT}
            onChange={event => {
              onCount(event.target.value);
            }}
          />
        </label>
      ) : (
        <p className="jp-StreamWish-note">
          {trans._n('%1 record is chosen.', '%1 records are chosen.', chosen)}
        </p>
      )}
    </>
  );
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
