import type { Card } from './card.js';
import { element, setText } from './elements.js';
import { formatByteRate, formatBytes, formatCount, formatRate } from './format.js';

interface NumberField {
  readonly name: string;
  readonly title: string;
  readonly read: (card: Card) => string;
}

const UNKNOWN = '\u2013';

const FIELDS: readonly NumberField[] = [
  { name: 'Files', title: 'Files complete so far', read: card => formatCount(card.files) },
  {
    name: 'Rate',
    title: 'Files a second, over the last few seconds',
    read: card => formatRate(card.filesPerSecond, 'files')
  },
  { name: 'Data', title: 'Bytes of all records so far', read: card => formatBytes(card.bytes) },
  {
    name: 'Speed',
    title: 'Bytes a second, over the last few seconds',
    read: card => formatByteRate(card.bytesPerSecond)
  },
  {
    name: 'Lag',
    title: 'Records on the topic that are still to be read',
    read: card => (card.lag === null ? UNKNOWN : formatCount(card.lag))
  },
  { name: 'Latest', title: 'Newest file', read: card => card.latest ?? UNKNOWN }
];

/** A job's numbers, each below its name. */
export class CardNumbers {
  readonly node = element('div', 'jp-StreamCard-numbers');

  constructor() {
    for (const field of FIELDS) {
      const value = element('div', 'jp-StreamCard-value', UNKNOWN);
      const group = element('div', 'jp-StreamCard-number');
      group.title = field.title;
      group.setAttribute('role', 'group');
      group.setAttribute('aria-label', field.name);
      group.append(element('div', 'jp-StreamCard-name', field.name), value);
      this.node.append(group);
      this.#values.push({ field, value });
    }
  }

  /** Show the numbers of a card. */
  show(card: Card): void {
    for (const { field, value } of this.#values) {
      setText(value, field.read(card));
    }
  }

  readonly #values: { readonly field: NumberField; readonly value: HTMLElement }[] = [];
}
