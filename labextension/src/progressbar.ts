import type { Card } from './card.js';
import { element, setText } from './elements.js';
import { progressOf } from './progress.js';

/** How far an upload or a download has come: a bar, and what it stands for. */
export class ProgressBar {
  readonly node = element('div', 'jp-StreamProgress');

  constructor() {
    this.node.hidden = true;
    this.#track.setAttribute('role', 'progressbar');
    this.#track.setAttribute('aria-label', 'Progress');
    this.#track.setAttribute('aria-valuemin', '0');
    this.#track.setAttribute('aria-valuemax', '100');
    this.#track.append(this.#bar);
    const texts = element('div', 'jp-StreamProgress-texts');
    texts.append(this.#done, this.#outlook);
    this.node.append(this.#track, texts);
  }

  /** Show how far the job of a card has come; of a watch, which has no end, show nothing. */
  show(card: Card): void {
    this.node.hidden = card.kind === 'watch';
    const { share, done, outlook } = progressOf(card);
    setText(this.#done, done);
    setText(this.#outlook, outlook);
    this.node.dataset.state = card.state;
    this.node.dataset.known = String(share !== null);
    this.#bar.style.width = share === null ? '' : `${share * 100}%`;
    this.#track.setAttribute('aria-valuetext', [done, outlook].filter(Boolean).join(', '));
    if (share === null) {
      this.#track.removeAttribute('aria-valuenow');
    } else {
      this.#track.setAttribute('aria-valuenow', String(Math.floor(share * 100)));
    }
  }

  /** The job's kernel is there no more. */
  end(): void {
    this.node.dataset.state = 'ended';
  }

  readonly #track = element('div', 'jp-StreamProgress-track');
  readonly #bar = element('div', 'jp-StreamProgress-bar');
  readonly #done = element('span', 'jp-StreamProgress-done');
  readonly #outlook = element('span', 'jp-StreamProgress-outlook');
}
