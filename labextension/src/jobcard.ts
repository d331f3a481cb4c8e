import type { Card, Problem } from './card.js';
import { CardButtons } from './cardbuttons.js';
import { CardNumbers } from './cardnumbers.js';
import { CardFoot, type Delivery } from './cardfoot.js';
import { element, setText } from './elements.js';
import { FilesInProgress } from './filesinprogress.js';
import type { Command } from './messages.js';
import { ProblemList } from './problemlist.js';
import { ProgressBar } from './progressbar.js';
import { StatePill } from './statepill.js';

/** A job at a glance: its state, its name, its numbers, and what went wrong. */
export class JobCard {
  readonly node = element('section', 'jp-StreamCard');

  constructor() {
    // Else Enter on a button would edit the cell.
    this.node.dataset.lmSuppressShortcuts = 'true';
    this.node.setAttribute('aria-label', 'Stream job');
    this.#pill.show('starting');
    this.#trouble.setAttribute('role', 'status');
    this.#notice.setAttribute('role', 'status');
    const head = element('div', 'jp-StreamCard-head');
    head.append(this.#pill.node, this.#name, this.#buttons.node);
    this.node.append(
      head,
      this.#trouble,
      this.#notice,
      this.#progress.node,
      this.#numbers.node,
      this.#files.node,
      this.#foot.node,
      this.#problems.node
    );
  }

  /** Set who is called with what the buttons ask for. */
  set onCommand(command: (command: Command) => unknown) {
    this.#buttons.onCommand = command;
  }

  /** Show what is known of the job. */
  show(card: Card, problems: readonly Problem[], delivery: Delivery): void {
    setText(this.#name, card.name);
    this.#name.title = card.name;
    this.#progress.show(card);
    this.#numbers.show(card);
    this.#files.show(card.filesInProgress);
    this.#foot.show(card, delivery);
    this.#problems.show(card, problems);
    if (!this.#ended) {
      this.#pill.show(card.state, card.trouble !== null);
      this.#buttons.show(card.state);
      setText(this.#trouble, card.trouble ?? '');
      setText(this.#notice, card.reason ?? '');
      this.#notice.dataset.state = card.state;
    }
  }

  /** Keep the last numbers, and say why there will be no others. */
  end(why: string): void {
    this.#ended = true;
    this.node.dataset.ended = 'true';
    this.#pill.show('ended');
    this.#progress.end();
    this.#buttons.disable(why);
    setText(this.#trouble, '');
    setText(this.#notice, why);
    this.#notice.dataset.state = 'ended';
  }

  readonly #pill = new StatePill();
  readonly #name = element('span', 'jp-StreamCard-title');
  readonly #buttons = new CardButtons();
  readonly #trouble = element('div', 'jp-StreamCard-trouble');
  readonly #notice = element('div', 'jp-StreamCard-notice');
  readonly #progress = new ProgressBar();
  readonly #numbers = new CardNumbers();
  readonly #files = new FilesInProgress();
  readonly #foot = new CardFoot();
  readonly #problems = new ProblemList();
  #ended = false;
}
