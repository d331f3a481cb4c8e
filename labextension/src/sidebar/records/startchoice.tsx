import { HTMLSelect } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useState } from 'react';

import { fieldOfTime, offsetOfField, type Start, timeOfField } from './place.js';

interface StartChoiceProps {
  readonly start: Start;
  readonly trans: TranslationBundle;
  readonly onChoose: (start: Start) => void;
}

const AGO = 'ago:';
const HOUR = 3600;

/** From where the topic is shown. */
export function StartChoice({ start, trans, onChoose }: StartChoiceProps): JSX.Element {
  const [field, setField] = useState<'time' | 'offset' | null>(null);
  const shown = field ?? nameOf(start);
  const choose = (name: string): void => {
    const isField = name === 'time' || name === 'offset';
    setField(isField ? name : null);
    if (!isField) {
      onChoose(startNamed(name));
    }
  };
  return (
    <div className="jp-StreamRecords-start">
      <HTMLSelect
        aria-label={trans.__('Show from')}
        title={trans.__('From where the records are shown')}
        value={shown}
        onChange={event => {
          choose(event.currentTarget.value);
        }}
      >
        <option value="newest">{trans.__('Newest first')}</option>
        <option value="earliest">{trans.__('From the earliest')}</option>
        <option value={`${AGO}${HOUR / 4}`}>{trans.__('Last 15 minutes')}</option>
        <option value={`${AGO}${HOUR}`}>{trans.__('Last hour')}</option>
        <option value={`${AGO}${24 * HOUR}`}>{trans.__('Last 24 hours')}</option>
        <option value="time">{trans.__('From a time…')}</option>
        <option value="offset">{trans.__('From an offset…')}</option>
      </HTMLSelect>
      {shown === 'time' && <TimeField start={start} trans={trans} onChoose={onChoose} />}
      {shown === 'offset' && <OffsetField start={start} trans={trans} onChoose={onChoose} />}
    </div>
  );
}

function nameOf(start: Start): string {
  return start.kind === 'ago' ? `${AGO}${start.seconds}` : start.kind;
}

function startNamed(name: string): Start {
  if (name.startsWith(AGO)) {
    return { kind: 'ago', seconds: Number(name.slice(AGO.length)) };
  }
  return { kind: name === 'earliest' ? 'earliest' : 'newest' };
}

function TimeField({ start, trans, onChoose }: StartChoiceProps): JSX.Element {
  const first = start.kind === 'time' ? start.time : Math.floor(Date.now() / 1000) - HOUR;
  const [text, setText] = useState(fieldOfTime(first));
  const time = timeOfField(text);
  return (
    <Asked
      isGood={time !== null}
      problem={trans.__('There is no such time')}
      trans={trans}
      go={() => {
        if (time !== null) {
          onChoose({ kind: 'time', time });
        }
      }}
    >
      <input
        type="datetime-local"
        step="1"
        className="jp-StreamRecords-field"
        aria-label={trans.__('Time to show from')}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
        }}
      />
    </Asked>
  );
}

function OffsetField({ start, trans, onChoose }: StartChoiceProps): JSX.Element {
  const [text, setText] = useState(start.kind === 'offset' ? String(start.offset) : '');
  const offset = offsetOfField(text);
  return (
    <Asked
      isGood={offset !== null}
      problem={trans.__('An offset is a whole number')}
      trans={trans}
      go={() => {
        if (offset !== null) {
          onChoose({ kind: 'offset', offset });
        }
      }}
    >
      <input
        type="text"
        inputMode="numeric"
        className="jp-StreamRecords-field jp-mod-short"
        aria-label={trans.__('Offset to show from')}
        placeholder={trans.__('Offset')}
        value={text}
        autoFocus
        onChange={event => {
          setText(event.currentTarget.value);
        }}
      />
    </Asked>
  );
}

interface AskedProps {
  readonly isGood: boolean;
  readonly problem: string;
  readonly trans: TranslationBundle;
  readonly go: () => void;
  readonly children: JSX.Element;
}

/** A field whose content takes effect with Enter, or with the button. */
function Asked({ isGood, problem, trans, go, children }: AskedProps): JSX.Element {
  return (
    <form
      className="jp-StreamRecords-asked"
      onSubmit={event => {
        event.preventDefault();
        go();
      }}
    >
      {children}
      <button
        type="submit"
        className="jp-StreamRecords-button"
        disabled={!isGood}
        title={isGood ? trans.__('Show the records from there') : problem}
      >
        {trans.__('Go')}
      </button>
    </form>
  );
}
