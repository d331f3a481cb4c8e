/** Tells whether an element can be seen: in the window, and the window not hidden. */
export class Visibility {
  /** Watch an element; `changed` is called with each change from then on. */
  constructor(node: HTMLElement, changed: (visible: boolean) => void) {
    this.#changed = changed;
    this.#observer = new IntersectionObserver(entries => {
      this.#inWindow = entries[entries.length - 1].isIntersecting;
      this.#judge();
    });
    this.#observer.observe(node);
    document.addEventListener('visibilitychange', this.#judge);
  }

  /** Whether the element can be seen. */
  get visible(): boolean {
    return this.#visible;
  }

  /** Watch no more. */
  dispose(): void {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#judge);
  }

  readonly #judge = (): void => {
    const visible = this.#inWindow && document.visibilityState === 'visible';
    if (visible !== this.#visible) {
      this.#visible = visible;
      this.#changed(visible);
    }
  };

  readonly #observer: IntersectionObserver;
  readonly #changed: (visible: boolean) => void;
  // Until the observer has looked, the kernel may send: the picture comes sooner.
  #inWindow = true;
  #visible = true;
}
