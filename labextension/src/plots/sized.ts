/**
 * Call a function whenever an element has got another size that can be seen.
 *
 * What is drawn while the element is hidden has no size: JupyterLab hides the whole page for a
 * moment as the theme changes.
 */
export function watchSize(node: HTMLElement, sized: () => void): void {
  // It lives as long as the element.
  new ResizeObserver(() => {
    if (node.clientWidth > 0) {
      sized();
    }
  }).observe(node);
}
