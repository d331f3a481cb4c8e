import { element } from '../../elements.js';
import { formatCount, formatCounted } from '../../format.js';
import { dress, iconButton, press } from '../controls/button.js';
import { exportItems } from '../controls/exports.js';
import { PlotFoot } from '../controls/foot.js';
import { PlotHead } from '../controls/head.js';
import { menu } from '../controls/menu.js';
import { ShownCount } from '../drawing/shown.js';
import type { Plot, PlotOwner } from '../plot.js';

import type { TableUpdate } from './update.js';

/** The last results as rows of text, the newest on top. */
export class TablePlot implements Plot<TableUpdate> {
  constructor(host: HTMLElement, owner: PlotOwner) {
    this.#host = host;
    this.#owner = owner;
    const table = element('table', 'jp-StreamTable');
    table.append(this.#head, this.#body);
    const scroll = element('div', 'jp-StreamTable-scroll');
    scroll.tabIndex = 0;
    scroll.append(table);
    this.#title.tools.append(this.#pause, menu('save', 'Save or export', exportItems(owner)));
    host.append(this.#title.node, scroll, this.#foot.node);
    host.dataset.empty = 'true';
    press(this.#pause, false);
  }

  get missed(): number {
    return this.#shown.missed;
  }

  get held(): number | null {
    return this.#isPaused ? (this.#update?.total ?? 0) : null;
  }

  fallBehind(count: number): void {
    this.#behind = count;
    this.#tellMissed();
  }

  take(update: TableUpdate, isReset: boolean): void {
    this.#foot.tell('');
    this.#shown.arrived(update.total, update.fresh, isReset, update.capacity);
    const all = [...(isReset ? [] : this.#rows), ...update.rows];
    this.#rows = all.slice(Math.max(0, all.length - update.capacity));
    this.#update = update;
  }

  paint(): void {
    const update = this.#update;
    if (update === null || this.#rows === this.#painted) {
      return;
    }
    this.#shown.painted();
    this.#title.show(update.title, update.label);
    this.#host.dataset.empty = String(this.#rows.length === 0);
    const rows = formatCounted(this.#rows.length, 'row', 'rows');
    this.#host.setAttribute('aria-label', `${update.title}, ${rows}`);
    this.#draw(update.names);
    this.#tellMissed();
  }

  refused(reason: string): void {
    this.#foot.tell(reason);
  }

  dispose(): void {
    this.#host.replaceChildren();
  }

  /** Rows that are on the page already stay there, so that text in them can be selected. */
  #draw(names: readonly string[]): void {
    if (names.join('\n') !== this.#names.join('\n')) {
      this.#names = names;
      this.#painted = [];
      this.#head.replaceChildren(cells('th', names, names.length));
      this.#body.replaceChildren();
    }
    const known = new Set(this.#painted);
    const fresh = this.#rows.filter(row => !known.has(row));
    this.#body.prepend(...fresh.reverse().map(row => cells('td', row, names.length)));
    while (this.#body.rows.length > this.#rows.length) {
      this.#body.deleteRow(-1);
    }
    this.#painted = this.#rows;
  }

  #togglePause(): void {
    this.#isPaused = !this.#isPaused;
    press(this.#pause, this.#isPaused);
    dress(this.#pause, this.#isPaused ? 'play' : 'pause', LABELS[String(this.#isPaused)]);
    this.#host.dataset.paused = String(this.#isPaused);
    this.#behind = 0;
    this.#tellMissed();
    this.#owner.resync();
  }

  #tellMissed(): void {
    const missed = this.#isPaused ? this.#behind : this.#shown.missed;
    const text = `${formatCount(missed)} not shown`;
    this.#foot.miss(this.#isPaused ? `Paused \u00b7 ${text}` : missed === 0 ? '' : text);
  }

  readonly #host: HTMLElement;
  readonly #owner: PlotOwner;
  readonly #title = new PlotHead('');
  readonly #foot = new PlotFoot();
  readonly #head = element('thead', '');
  readonly #body = element('tbody', '');
  readonly #shown = new ShownCount();
  readonly #pause = iconButton('pause', LABELS.false, () => {
    this.#togglePause();
  });
  #rows: readonly (readonly string[])[] = [];
  #painted: readonly (readonly string[])[] = [];
  #names: readonly string[] = [];
  #update: TableUpdate | null = null;
  #isPaused = false;
  #behind = 0;
}

const LABELS: Readonly<Record<string, string>> = {
  false: 'Pause the table; the data go on',
  true: 'Show what comes again'
};

function cells(tag: 'td' | 'th', texts: readonly string[], count: number): HTMLElement {
  const row = element('tr', '');
  for (let index = 0; index < count; index += 1) {
    const cell = element(tag, '', texts.at(index) ?? '');
    cell.title = cell.textContent;
    row.append(cell);
  }
  return row;
}
