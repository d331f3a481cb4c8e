import type { Card, Problem } from './card.js';
import { element, setText } from './elements.js';
import { formatCount, formatCounted } from './format.js';

/** What stands above problems that no number counts. */
const NONE = 'Problems';

/** How many records were skipped and how often something went wrong, with the details to open. */
export class ProblemList {
  readonly node = element('details', 'jp-StreamProblems');

  constructor() {
    this.node.hidden = true;
    this.node.append(this.#summary, this.#list);
  }

  /** Show the problems of a job. */
  show(card: Card, problems: readonly Problem[]): void {
    this.node.hidden = summary(card) === NONE && problems.length === 0;
    this.node.dataset.errors = String(card.errors > 0 || card.lost > 0);
    setText(this.#summary, summary(card));
    // Problems that stay as they are stay on the page too, so that text can be selected.
    if (problems !== this.#shown) {
      this.#shown = problems;
      this.#list.replaceChildren(...problems.map(problemNode));
    }
  }

  readonly #summary = element('summary', 'jp-StreamProblems-summary');
  readonly #list = element('ul', 'jp-StreamProblems-list');
  #shown: readonly Problem[] = [];
}

function summary(card: Card): string {
  const parts = [];
  if (card.errors > 0) {
    parts.push(formatCounted(card.errors, 'error', 'errors'));
  }
  if (card.skipped > 0) {
    parts.push(
      card.kind === 'upload'
        ? formatCounted(card.skipped, 'file left out', 'files left out')
        : formatCounted(card.skipped, 'record skipped', 'records skipped')
    );
  }
  if (card.lost > 0) {
    parts.push(formatCounted(card.lost, 'record lost', 'records lost'));
  }
  return parts.length === 0 ? NONE : parts.join(', ');
}

function problemNode(problem: Problem): HTMLLIElement {
  const item = element('li', 'jp-StreamProblems-item');
  const heading = element('div', 'jp-StreamProblems-heading');
  const times = element('span', 'jp-StreamProblems-count', `${formatCount(problem.count)}\u00d7`);
  times.title = formatCounted(problem.count, 'occurrence', 'occurrences');
  heading.append(element('span', 'jp-StreamProblems-title', problem.title), times);
  item.append(heading);
  if (problem.detail !== '') {
    item.append(element('pre', 'jp-StreamProblems-detail', problem.detail));
  }
  return item;
}
