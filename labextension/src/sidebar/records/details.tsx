import { Clipboard } from '@jupyterlab/apputils';
import {
  Button,
  caretDownIcon,
  caretUpIcon,
  closeIcon,
  copyIcon,
  downloadIcon,
  HTMLSelect,
  type LabIcon
} from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, type KeyboardEvent, type ReactNode, useId, useState } from 'react';

import { formatBytes } from '../../format.js';
import type { StreamRecord } from '../api/records.js';
import { Busy } from '../state/busy.js';
import { Headers, Hex, LargePicture, WholeKey, WholeValue } from './content.js';
import { FailureNote } from './failurenote.js';
import { FORMATS, readsAs } from './formats.js';
import type { Fetched, OpenedRecord } from './opened.js';
import { isPictured } from './previews.js';
import { usePainted } from './usepainted.js';
import { formatTitle, shapeText, timeText } from './wording.js';

interface DetailsProps {
  readonly opened: OpenedRecord;
  readonly valueAddress: string;
  readonly trans: TranslationBundle;
  readonly onClose: () => void;
  /** Opens the record in the row above or below. */
  readonly onStep: (rows: -1 | 1) => void;
}

type Part = 'value' | 'picture' | 'key' | 'headers' | 'hex';

/** A record, whole. */
export function Details(props: DetailsProps): JSX.Element {
  const { opened, trans } = props;
  usePainted(opened);
  const id = useId();
  const [chosen, choose] = useState<Part>('value');
  const parts = partsOf(opened.record, trans);
  const part = parts.some(([name]) => name === chosen) ? chosen : 'value';
  return (
    <section
      className="jp-StreamRecords-details"
      aria-label={trans.__('Record')}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          props.onClose();
        }
      }}
    >
      <Head {...props} />
      <Facts record={opened.record} trans={trans} />
      <PartTabs id={id} parts={parts} chosen={part} choose={choose} trans={trans} />
      <div
        id={`${id}panel`}
        role="tabpanel"
        aria-labelledby={`${id}${part}`}
        className="jp-StreamRecords-part"
      >
        <PartContent part={part} opened={opened} trans={trans} />
      </div>
      <Foot {...props} />
    </section>
  );
}

function partsOf(record: StreamRecord, trans: TranslationBundle): readonly [Part, string][] {
  const parts: [Part, string][] = [['value', trans.__('Value')]];
  if (isPictured(record)) {
    parts.push(['picture', trans.__('Picture')]);
  }
  return [
    ...parts,
    ['key', trans.__('Key')],
    ['headers', trans.__('Headers (%1)', record.headers.length)],
    ['hex', trans.__('Hex')]
  ];
}

function Head({ opened, trans, onStep, onClose }: DetailsProps): JSX.Element {
  const { partition, offset } = opened.record;
  return (
    <header className="jp-StreamRecords-detailsHead">
      <h3>{trans.__('Record %1 of partition %2', offset, partition)}</h3>
      <IconButton
        icon={caretUpIcon}
        label={trans.__('Record above')}
        run={() => {
          onStep(-1);
        }}
      />
      <IconButton
        icon={caretDownIcon}
        label={trans.__('Record below')}
        run={() => {
          onStep(1);
        }}
      />
      <IconButton icon={closeIcon} label={trans.__('Close (Escape)')} run={onClose} />
    </header>
  );
}

interface IconButtonProps {
  readonly icon: LabIcon;
  readonly label: string;
  readonly run: () => void;
}

function IconButton({ icon: Icon, label, run }: IconButtonProps): JSX.Element {
  return (
    <Button
      type="button"
      minimal
      className="jp-StreamRecords-iconButton"
      title={label}
      aria-label={label}
      onClick={run}
    >
      <Icon.react tag="span" />
    </Button>
  );
}

interface FactsProps {
  readonly record: StreamRecord;
  readonly trans: TranslationBundle;
}

function Facts({ record, trans }: FactsProps): JSX.Element {
  const { value, key_bytes: key, value_bytes: bytes } = record;
  const size = (count: number | null): string => (count === null ? '–' : formatBytes(count));
  const kind = [value.format, value.shape === null ? value.kind : shapeText(value), value.dtype];
  const facts: readonly [string, string][] = [
    [trans.__('Time'), timeText(record.timestamp)],
    [trans.__('Key'), size(key)],
    [trans.__('Value'), size(bytes)],
    [trans.__('Format'), kind.filter(Boolean).join(' · ')]
  ];
  return (
    <dl className="jp-StreamRecords-facts">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PartTabsProps {
  readonly id: string;
  readonly parts: readonly [Part, string][];
  readonly chosen: Part;
  readonly choose: (part: Part) => void;
  readonly trans: TranslationBundle;
}

function PartTabs({ id, parts, chosen, choose, trans }: PartTabsProps): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const at = parts.findIndex(([name]) => name === chosen);
      const [next] = parts[(at + step + parts.length) % parts.length];
      choose(next);
      document.getElementById(`${id}${next}`)?.focus();
    }
  };
  return (
    <div
      role="tablist"
      aria-label={trans.__('Parts of the record')}
      className="jp-StreamRecords-parts"
      onKeyDown={onKeyDown}
    >
      {parts.map(([name, label]) => (
        <button
          key={name}
          id={`${id}${name}`}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          aria-controls={`${id}panel`}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => {
            choose(name);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

interface PartContentProps {
  readonly part: Part;
  readonly opened: OpenedRecord;
  readonly trans: TranslationBundle;
}

function PartContent({ part, opened, trans }: PartContentProps): JSX.Element {
  switch (part) {
    case 'picture':
      return shownWhen(opened.picture(), opened, trans, preview => (
        <LargePicture preview={preview} trans={trans} />
      ));
    case 'key':
      return <WholeKey record={opened.record} trans={trans} />;
    case 'headers':
      return <Headers record={opened.record} trans={trans} />;
    case 'hex':
      return shownWhen(opened.bytes(), opened, trans, record => (
        <>
          <CutNote record={record} trans={trans} />
          <Hex digits={record.value.text} trans={trans} />
        </>
      ));
    case 'value':
      return shownWhen(opened.whole(), opened, trans, record => (
        <>
          <CutNote record={record} trans={trans} />
          <WholeValue record={record} trans={trans} />
        </>
      ));
  }
}

function shownWhen<Answer>(
  fetched: Fetched<Answer>,
  opened: OpenedRecord,
  trans: TranslationBundle,
  show: (answer: Answer) => ReactNode
): JSX.Element {
  switch (fetched.state) {
    case 'loading':
      return <Busy text={trans.__('Reading the record…')} />;
    case 'failed':
      return (
        <FailureNote
          failure={fetched.failure}
          trans={trans}
          retry={() => {
            opened.retry();
          }}
        />
      );
    case 'ready':
      return <>{show(fetched.answer)}</>;
  }
}

/** Says why a value is not shown as it should be, or not whole. */
function CutNote({ record: { value, value_bytes: bytes }, trans }: FactsProps): JSX.Element {
  return (
    <>
      {value.error !== null && (
        <p className="jp-StreamRecords-note" data-kind="error">
          {trans.__('This is not %1: %2', value.format, value.error)}
        </p>
      )}
      {value.cut && (
        <p className="jp-StreamRecords-note">
          {trans.__(
            'This is the beginning of %1; the download has all of it.',
            formatBytes(bytes ?? 0)
          )}
        </p>
      )}
    </>
  );
}

function Foot({ opened, valueAddress, trans }: DetailsProps): JSX.Element {
  const whole = opened.whole();
  const isReady = whole.state === 'ready';
  return (
    <footer className="jp-StreamRecords-foot">
      <HTMLSelect
        aria-label={trans.__('Read the value as')}
        title={trans.__('Read the value as')}
        value={opened.as}
        onChange={event => {
          opened.read(readsAs(event.currentTarget.value));
        }}
      >
        {FORMATS.map(format => (
          <option key={format} value={format}>
            {formatTitle(format, trans)}
          </option>
        ))}
      </HTMLSelect>
      <Button
        type="button"
        className="jp-StreamRecords-button"
        disabled={!isReady}
        title={isReady ? trans.__('Copy the text of the value') : trans.__('Still being read')}
        onClick={() => {
          if (isReady) {
            Clipboard.copyToSystem(whole.answer.value.text);
          }
        }}
      >
        <copyIcon.react tag="span" />
        {trans.__('Copy')}
      </Button>
      <a
        className="jp-StreamRecords-button"
        href={valueAddress}
        download=""
        title={trans.__('Save the value as it came, byte by byte')}
      >
        <downloadIcon.react tag="span" />
        {trans.__('Download')}
      </a>
    </footer>
  );
}
