import type { Card } from './card.js';
import { element, setText } from './elements.js';
import { formatCounted } from './format.js';

/** How the frames come, and what of them was never seen. */
export interface Delivery {
  readonly transport: string;
  readonly missed: number;
}

const WAYS: Readonly<Record<string, { name: string; title: string }>> = {
  comm: { name: 'comm', title: 'The frames come through the notebook\u2019s own connection' },
  relay: { name: 'relay', title: 'The frames come through a connection of their own' }
};

/** The last line of a card: what auto chose, what was not shown, and the way of the frames. */
export class CardFoot {
  readonly node = element('div', 'jp-StreamCard-foot');

  constructor() {
    this.#missed.title = 'Results that came faster than they could be shown; all were analysed';
    this.node.append(this.#choice, this.#missed, this.#way);
  }

  /** Show what is known of a job and of its frames. */
  show(card: Card, { transport, missed }: Delivery): void {
    setText(this.#choice, card.plotChoice === null ? '' : `Plot: ${card.plotChoice}`);
    const items = formatCounted(missed, 'result not shown', 'results not shown');
    setText(this.#missed, missed === 0 ? '' : items);
    const way = Object.hasOwn(WAYS, transport) ? WAYS[transport] : { name: transport, title: '' };
    setText(this.#way, way.name);
    this.#way.title = way.title;
  }

  readonly #choice = element('span', 'jp-StreamCard-choice');
  readonly #missed = element('span', 'jp-StreamCard-missed');
  readonly #way = element('span', 'jp-StreamCard-way');
}
