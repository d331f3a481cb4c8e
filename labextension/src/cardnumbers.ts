import { type Card, type JobKind, rests } from './card.js';
import { element, setText } from './elements.js';
import { formatByteRate, formatBytes, formatCount, formatRate } from './format.js';

import { Sparkline } from './sparkline.js';

interface NumberField {
  readonly name: string;
  readonly title: string;
  readonly read: (card: Card) => string;
  /** A number whose course over time is drawn beside it: what it is, and how it is written. */
  readonly course?: {
    readonly name: string;
    readonly read: (card: Card) => number;
    readonly write: (value: number) => string;
  };
}

const UNKNOWN = '\u2013';

const RATE: NumberField = {
  name: 'Rate',
  title: 'Files a second, over the last few seconds',
  read: card => (rests(card.state) ? UNKNOWN : formatRate(card.filesPerSecond, 'files'))
};
const LAG: NumberField = {
  name: 'Lag',
  title: 'Records on the topic that are still to be read',
  read: card => (card.lag === null ? UNKNOWN : formatCount(card.lag))
};
const LATEST: NumberField = {
  name: 'Latest',
  title: 'Newest file',
  read: card => card.latest ?? UNKNOWN
};
const SPEED: NumberField = {
  name: 'Speed',
  title: 'Bytes a second, over the last few seconds',
  read: card => (rests(card.state) ? UNKNOWN : formatByteRate(card.bytesPerSecond))
};

/** Of uploads and downloads the progress tells the files and the bytes. */
const FIELDS: Readonly<Record<JobKind, readonly NumberField[]>> = {
  upload: [
    SPEED,
    RATE,
    {
      name: 'Sent before',
      title: 'Files that the ledger knows, which are not sent again',
      read: card => formatCount(card.duplicates)
    },
    {
      name: 'Left out',
      title: 'Files that are not sent; the problems say why',
      read: card => formatCount(card.skipped)
    },
    LATEST
  ],
  download: [
    SPEED,
    RATE,
    {
      name: 'There before',
      title: 'Files that the ledger knows, which are not written again',
      read: card => formatCount(card.duplicates)
    },
    {
      name: 'Unfinished',
      title: 'Files of which a part has come so far',
      read: card => formatCount(card.unfinished)
    },
    LAG,
    LATEST
  ],
  watch: [
    {
      name: 'Results',
      title: 'What the analysis has given so far',
      read: card => formatCount(card.results)
    },
    {
      name: 'Rate',
      title: 'Files, or while none come records, a second, over the last few seconds',
      read: card => (rests(card.state) ? UNKNOWN : itemRate(card))
    },
    { name: 'Data', title: 'Bytes of all records so far', read: card => formatBytes(card.bytes) },
    {
      ...SPEED,
      // One unit whatever comes: files may take turns with records.
      course: {
        name: 'Bytes a second',
        read: card => (rests(card.state) ? 0 : card.bytesPerSecond),
        write: formatByteRate
      }
    },
    LAG,
    LATEST
  ]
};

/** A job's numbers, each below its name. */
export class CardNumbers {
  readonly node = element('div', 'jp-StreamCard-numbers');

  /** Show the numbers of a card. */
  show(card: Card): void {
    if (this.node.dataset.kind !== card.kind) {
      this.#build(card.kind);
    }
    for (const { field, value, course } of this.#values) {
      setText(value, field.read(card));
      if (field.course !== undefined) {
        course?.add(field.course.read(card), performance.now());
      }
    }
  }

  #build(kind: JobKind): void {
    this.node.dataset.kind = kind;
    this.#values = FIELDS[kind].map(field => ({
      field,
      value: element('div', 'jp-StreamCard-value', UNKNOWN),
      course:
        field.course === undefined ? null : new Sparkline(field.course.name, field.course.write)
    }));
    this.node.replaceChildren(...this.#values.map(group));
  }

  #values: readonly ShownNumber[] = [];
}

interface ShownNumber {
  readonly field: NumberField;
  readonly value: HTMLElement;
  readonly course: Sparkline | null;
}

type Rates = Pick<Card, 'files' | 'filesPerSecond' | 'recordsPerSecond'>;

/** A watch may get both; while no file comes, the records that do are what is new. */
function comesInFiles({ files, filesPerSecond, recordsPerSecond }: Rates): boolean {
  return filesPerSecond > 0 || (files > 0 && recordsPerSecond <= 0);
}

function itemsPerSecond(card: Rates): number {
  return comesInFiles(card) ? card.filesPerSecond : card.recordsPerSecond;
}

/** Tell how many files come a second, or records where no files come. */
export function itemRate(card: Rates): string {
  return formatRate(itemsPerSecond(card), comesInFiles(card) ? 'files' : 'records');
}

function group({ field, value, course }: ShownNumber): HTMLElement {
  const node = element('div', 'jp-StreamCard-number');
  node.title = field.title;
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', field.name);
  node.append(element('div', 'jp-StreamCard-name', field.name), value);
  if (course !== null) {
    node.classList.add('jp-mod-course');
    node.append(course.node);
  }
  return node;
}
