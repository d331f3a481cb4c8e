import { element } from '../../elements.js';
import { formatCount, formatCounted } from '../../format.js';
import { dress, iconButton, press } from '../controls/button.js';
import { exportItems } from '../controls/exports.js';
import { PlotFoot } from '../controls/foot.js';
import { PlotHead } from '../controls/head.js';
import { menu } from '../controls/menu.js';
import { ShownCount } from '../drawing/shown.js';
import type { Plot, PlotOwner } from '../plot.js';

import { type Row, TableRows } from './rows.js';
import type { TableUpdate } from './update.js';
import { rowsInView } from './window.js';

/** Until there is a row to measure, in pixels. */
const ROW_HEIGHT = 26;
const HEIGHT = 340;

/** A column is made no wider than this for the sake of long texts, in pixels. */
const WIDEST = 300;

/** The last results as rows of text, the newest on top. */
export class TablePlot implements Plot<TableUpdate> {
  constructor(host: HTMLElement, owner: PlotOwner) {
    this.#host = host;
    this.#owner = owner;
    const table = this.#table;
    table.append(this.#head, this.#body.node);
    this.#scroll.tabIndex = 0;
    this.#scroll.setAttribute('role', 'region');
    this.#scroll.setAttribute('aria-label', 'Rows');
    this.#scroll.append(table);
    this.#scroll.addEventListener('scroll', () => {
      this.#isMoved = true;
      owner.repaint();
    });
    this.#title.tools.append(this.#pause, menu('save', 'Save or export', exportItems(owner)));
    host.append(this.#title.node, this.#scroll, this.#foot.node);
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
    if (update === null || (this.#rows === this.#painted && !this.#isMoved)) {
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

  /** Only what can be seen is on the page; rows stay there, so that text can be selected. */
  #draw(names: readonly string[]): void {
    if (names.join('\n') !== this.#names.join('\n')) {
      this.#names = names;
      this.#head.replaceChildren(headings(names));
      this.#lengths = [];
    }
    this.#keepPlace();
    const count = this.#rows.length;
    const { scrollTop, clientHeight } = this.#scroll;
    const { first, end } = rowsInView(
      count,
      scrollTop,
      clientHeight > 0 ? clientHeight : HEIGHT,
      this.#rowHeight
    );
    const shown = this.#rows.slice(count - end, count - first).reverse();
    this.#widen(shown);
    this.#body.show(shown, first, names.length);
    this.#table.setAttribute('aria-rowcount', String(count + 1));
    this.#table.style.marginTop = `${first * this.#rowHeight}px`;
    this.#table.style.marginBottom = `${(count - end) * this.#rowHeight}px`;
    this.#painted = this.#rows;
    this.#isMoved = false;
    this.#measure();
  }

  /** Whoever looks at older rows goes on seeing them while new ones come above. */
  #keepPlace(): void {
    const newest = this.#painted.at(-1);
    const fresh = newest === undefined ? 0 : this.#rows.length - 1 - this.#rows.indexOf(newest);
    if (this.#scroll.scrollTop > 0 && fresh > 0 && fresh < this.#rows.length) {
      const room = fresh * this.#rowHeight + this.#scroll.scrollTop;
      this.#table.style.marginBottom = `${room}px`;
      this.#scroll.scrollTop = room;
    }
  }

  /** Rows are of one height, which the page's fonts decide. */
  #measure(): void {
    const height = this.#body.node.rows.item(0)?.offsetHeight ?? 0;
    this.#rowHeight = height > 0 ? height : this.#rowHeight;
  }

  /** Columns get wider for longer texts, and do not shake as shorter ones come. */
  #widen(rows: readonly Row[]): void {
    this.#names.forEach((_, index) => {
      const longest = Math.max(...rows.map(row => row.at(index)?.length ?? 0), 0);
      if (longest > (this.#lengths[index] ?? 0)) {
        this.#lengths[index] = longest;
        const cell = this.#head.rows.item(0)?.cells.item(index);
        cell?.style.setProperty('min-width', `min(${longest}ch, ${WIDEST}px)`);
      }
    });
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
  readonly #body = new TableRows();
  readonly #table = element('table', 'jp-StreamTable');
  readonly #scroll = element('div', 'jp-StreamTable-scroll');
  readonly #shown = new ShownCount();
  readonly #pause = iconButton('pause', LABELS.false, () => {
    this.#togglePause();
  });
  #rows: readonly Row[] = [];
  #painted: readonly Row[] = [];
  #names: readonly string[] = [];
  #update: TableUpdate | null = null;
  #isPaused = false;
  #isMoved = false;
  #rowHeight = ROW_HEIGHT;
  /** How many characters the longest text of each column had. */
  #lengths: number[] = [];
  #behind = 0;
}

const LABELS: Readonly<Record<string, string>> = {
  false: 'Pause the table; the data go on',
  true: 'Show what comes again'
};

function headings(names: readonly string[]): HTMLElement {
  const row = element('tr', '');
  for (const name of names) {
    const cell = element('th', '', name);
    cell.title = name;
    cell.scope = 'col';
    row.append(cell);
  }
  return row;
}
