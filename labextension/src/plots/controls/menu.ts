import { element } from '../../elements.js';

import { icon, type IconName } from './icons.js';

export interface MenuItem {
  readonly name: string;
  readonly title: string;
  readonly chosen: () => void;
}

/** Make a button that opens a list of things to do. */
export function menu(name: IconName, label: string, items: readonly MenuItem[]): HTMLElement {
  const node = element('details', 'jp-StreamMenu');
  const summary = element('summary', 'jp-StreamTool');
  summary.title = label;
  summary.setAttribute('aria-label', label);
  summary.append(icon(name));
  const list = element('div', 'jp-StreamMenu-list');
  list.append(...items.map(item => menuButton(item, node)));
  node.append(summary, list);
  closeOnLeave(node, summary);
  return node;
}

function menuButton(item: MenuItem, node: HTMLDetailsElement): HTMLElement {
  const button = element('button', 'jp-StreamMenu-item', item.name);
  button.type = 'button';
  button.title = item.title;
  button.addEventListener('click', () => {
    node.open = false;
    item.chosen();
  });
  return button;
}

function closeOnLeave(node: HTMLDetailsElement, summary: HTMLElement): void {
  node.addEventListener('focusout', event => {
    if (!(event.relatedTarget instanceof Node && node.contains(event.relatedTarget))) {
      node.open = false;
    }
  });
  node.addEventListener('keydown', event => {
    if (event.key === 'Escape' && node.open) {
      event.stopPropagation();
      node.open = false;
      summary.focus();
    }
  });
}
