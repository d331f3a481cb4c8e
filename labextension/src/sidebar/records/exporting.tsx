import { Button, HTMLSelect } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type JSX, useEffect, useRef, useState } from 'react';

import { offer } from '../../offer.js';
import { asFailure, type Failure } from '../api/failure.js';
import type { ExportQuestion } from '../api/records.js';
import { failureText } from '../state/failuretext.js';

/** The fields of a record that are written. */
export const EXPORTED = [
  'partition',
  'offset',
  'timestamp',
  'key',
  'value',
  'headers',
  'key_bytes',
  'value_bytes'
];

const LIMITS = [100, 1000, 10_000, 100_000];

type ExportFormat = ExportQuestion['format'];

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
  ['csv', 'CSV'],
  ['jsonl', 'JSON lines'],
  ['parquet', 'Parquet']
];

interface ExportFormProps {
  readonly topic: string;
  /** What is shown now, for words. */
  readonly place: string;
  readonly ask: (
    format: ExportFormat,
    limit: number,
    columns: readonly string[],
    signal: AbortSignal
  ) => Promise<Blob>;
  readonly trans: TranslationBundle;
  readonly close: () => void;
}

/** Asks what to export, and saves it. */
export function ExportForm({ topic, place, ask, trans, close }: ExportFormProps): JSX.Element {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [limit, setLimit] = useState(1000);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const control = useRef(new AbortController());
  useEffect(
    () => () => {
      control.current.abort();
    },
    []
  );
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const { signal } = control.current;
    try {
      offer(await ask(format, limit, EXPORTED, signal), `${topic}.${format}`);
      close();
    } catch (error) {
      if (!signal.aborted) {
        setFailure(asFailure(error));
        setBusy(false);
      }
    }
  };
  return (
    <form
      className="jp-StreamRecords-export"
      onSubmit={event => {
        event.preventDefault();
        void run();
      }}
    >
      <label>
        {trans.__('Format')}
        <HTMLSelect
          value={format}
          onChange={event => {
            const chosen = event.currentTarget.value;
            setFormat(FORMATS.find(([name]) => name === chosen)?.[0] ?? 'csv');
          }}
        >
          {FORMATS.map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </HTMLSelect>
      </label>
      <label>
        {trans.__('Records at most')}
        <HTMLSelect
          value={limit}
          onChange={event => {
            setLimit(Number(event.currentTarget.value));
          }}
        >
          {LIMITS.map(number => (
            <option key={number} value={number}>
              {number.toLocaleString('en-US')}
            </option>
          ))}
        </HTMLSelect>
      </label>
      <p>{place}</p>
      {failure !== null && <ExportFailure failure={failure} trans={trans} />}
      <div className="jp-StreamRecords-actions">
        <Button
          type="button"
          className="jp-StreamRecords-button"
          title={trans.__('Close without exporting')}
          onClick={close}
        >
          {trans.__('Cancel')}
        </Button>
        <Button
          type="submit"
          className="jp-StreamRecords-button jp-mod-accept"
          disabled={isBusy}
          title={isBusy ? trans.__('The server is writing it') : trans.__('Save it as a file')}
        >
          {isBusy ? trans.__('Writing…') : trans.__('Export')}
        </Button>
      </div>
    </form>
  );
}

interface ExportFailureProps {
  readonly failure: Failure;
  readonly trans: TranslationBundle;
}

function ExportFailure({ failure, trans }: ExportFailureProps): JSX.Element {
  const { title, text, cause } = failureText(failure, trans);
  return (
    <p role="alert" className="jp-StreamRecords-note" data-kind="error">
      <b>{title}.</b> {cause} {text}
    </p>
  );
}
