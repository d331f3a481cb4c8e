import { element } from '../../elements.js';

import { icon, type IconName } from './icons.js';

/** Make a button of an icon; `label` is said and shown when pointed at. */
export function iconButton(name: IconName, label: string, pressed: () => void): HTMLButtonElement {
  const button = textButton('', label, pressed);
  button.className = 'jp-StreamTool';
  dress(button, name, label);
  return button;
}

/** Give a button another icon and another label. */
export function dress(button: HTMLButtonElement, name: IconName, label: string): void {
  button.replaceChildren(icon(name));
  button.title = label;
  button.setAttribute('aria-label', label);
}

/** Make a button with a word on it. */
export function textButton(word: string, title: string, pressed: () => void): HTMLButtonElement {
  const button = element('button', 'jp-StreamTool jp-StreamTool-word', word);
  button.type = 'button';
  button.title = title;
  button.addEventListener('click', pressed);
  return button;
}

/** Show a button as one that stays pressed. */
export function press(button: HTMLButtonElement, isPressed: boolean): void {
  button.setAttribute('aria-pressed', String(isPressed));
}
