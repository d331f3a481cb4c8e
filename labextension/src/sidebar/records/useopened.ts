import { useEffect, useState } from 'react';

import type { StreamRecord } from '../api/records.js';
import type { RecordBrowser } from './browser.js';
import { PICTURE_POINTS } from './limits.js';
import { OpenedRecord } from './opened.js';

/** Which record is chosen, and which is opened. */
export interface Opening {
  /** The serial of the row that is chosen. */
  readonly selected: number | null;
  readonly record: StreamRecord | null;
  readonly opened: OpenedRecord | null;
  readonly select: (serial: number) => void;
  readonly open: (serial: number) => void;
  readonly step: (rows: -1 | 1) => void;
  readonly close: () => void;
}

interface Chosen {
  readonly generation: number;
  readonly serial: number;
  readonly record: StreamRecord;
  readonly opened: OpenedRecord | null;
}

/** Keep which row is chosen, and its record open while it shall be. */
export function useOpened(browser: RecordBrowser): Opening {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { rows } = browser;
  const isThere = chosen?.generation === rows.generation;
  const opened = chosen?.opened ?? null;
  useEffect(() => () => opened?.close(), [opened]);

  const choose = (serial: number, isOpen: boolean): void => {
    const record = rows.at(rows.rowOf(serial));
    if (record !== undefined) {
      // Rows that move cannot be read.
      browser.tail?.pause();
      const opened = isOpen ? openedRecord(browser, record) : null;
      setChosen({ generation: rows.generation, serial, record, opened });
    }
  };
  return {
    selected: isThere ? chosen.serial : null,
    record: isThere ? chosen.record : null,
    opened,
    select: serial => {
      choose(serial, opened !== null);
    },
    open: serial => {
      choose(serial, true);
    },
    step: by => {
      if (isThere) {
        const row = rows.rowOf(chosen.serial) + by;
        choose(rows.serialOf(row), true);
      }
    },
    close: () => {
      setChosen(chosen === null ? null : { ...chosen, opened: null });
    }
  };
}

function openedRecord(browser: RecordBrowser, record: StreamRecord): OpenedRecord {
  const { api, cluster, topic } = browser.questions;
  const { partition, offset } = record;
  return new OpenedRecord(record, browser.look.as, {
    whole: (as, signal) => api.record(cluster, topic, partition, offset, as, signal),
    preview: signal => api.preview(cluster, topic, partition, offset, PICTURE_POINTS, signal)
  });
}
