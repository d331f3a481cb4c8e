import type { UnfinishedFile } from './card.js';
import { element, setText } from './elements.js';
import { formatBytes } from './format.js';

/** A bar for each file of which a part has come so far. */
export class FilesInProgress {
  readonly node = element('ul', 'jp-StreamFiles');

  constructor() {
    this.node.hidden = true;
    this.node.setAttribute('aria-label', 'Files in progress');
  }

  /** Show how far each file has come. */
  show(files: readonly UnfinishedFile[]): void {
    this.node.hidden = files.length === 0;
    while (this.#rows.length < files.length) {
      const row = new FileRow();
      this.#rows.push(row);
      this.node.append(row.node);
    }
    for (const row of this.#rows.splice(files.length)) {
      row.node.remove();
    }
    files.forEach((file, index) => {
      this.#rows[index].show(file);
    });
  }

  readonly #rows: FileRow[] = [];
}

/** One file: its name, a bar, and its bytes. */
class FileRow {
  readonly node = element('li', 'jp-StreamFiles-file');

  constructor() {
    this.#track.setAttribute('role', 'progressbar');
    this.#track.append(this.#bar);
    this.node.append(this.#path, this.#track, this.#size);
  }

  show({ path, received, total }: UnfinishedFile): void {
    setText(this.#path, path);
    this.#path.title = path;
    const share = total === null || total === 0 ? null : Math.min(1, received / total);
    const size = total === null ? '' : ` of ${formatBytes(total)}`;
    setText(this.#size, `${formatBytes(received)}${size}`);
    this.#bar.style.width = share === null ? '0' : `${share * 100}%`;
    this.#track.setAttribute('aria-label', path);
    this.#track.setAttribute('aria-valuetext', this.#size.textContent);
  }

  readonly #path = element('span', 'jp-StreamFiles-path');
  readonly #track = element('div', 'jp-StreamProgress-track');
  readonly #bar = element('div', 'jp-StreamProgress-bar');
  readonly #size = element('span', 'jp-StreamFiles-size');
}
