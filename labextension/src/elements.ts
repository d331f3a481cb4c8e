/**
 * Make an element with a class and, where given, a text.
 *
 * The text is never read as markup, whatever a file name or a traceback holds.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = ''
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

/** Set a text only when it is another one, so that the page is left alone otherwise. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
