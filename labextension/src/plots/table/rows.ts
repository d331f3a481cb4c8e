import { element, setText } from '../../elements.js';

/** A row of a table as it came. */
export type Row = readonly string[];

/** The rows that can be seen of a longer table; those that leave are used again. */
export class TableRows {
  readonly node = element('tbody', '');

  /** Show rows, the first of them at a place among all; each has so many cells. */
  show(rows: readonly Row[], place: number, width: number): void {
    this.#setAside(new Set(rows), width);
    let before = this.node.firstElementChild;
    rows.forEach((row, index) => {
      const known = this.#shown.get(row);
      const shown = known ?? this.#made(row, width);
      shown.setAttribute('aria-rowindex', String(place + index + 2));
      if (shown === before) {
        before = before.nextElementSibling;
      } else {
        this.node.insertBefore(shown, before);
      }
    });
  }

  /** Take rows off the page that are not to be seen, or have another number of cells. */
  #setAside(wanted: ReadonlySet<Row>, width: number): void {
    for (const [row, shown] of this.#shown) {
      if (!wanted.has(row) || shown.cells.length !== width) {
        this.#shown.delete(row);
        shown.remove();
        this.#spare.push(shown);
      }
    }
  }

  #made(row: Row, width: number): HTMLTableRowElement {
    const made = this.#spare.pop() ?? element('tr', '');
    while (made.cells.length > width) {
      made.deleteCell(-1);
    }
    for (let index = 0; index < width; index += 1) {
      const text = row.at(index) ?? '';
      const cell = made.cells.item(index) ?? made.insertCell();
      setText(cell, text);
      cell.title = text;
    }
    this.#shown.set(row, made);
    return made;
  }

  readonly #shown = new Map<Row, HTMLTableRowElement>();
  #spare: HTMLTableRowElement[] = [];
}
