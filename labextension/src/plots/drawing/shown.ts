/** Counts the items of a plot that came and went unseen, because they came too fast. */
export class ShownCount {
  /**
   * At most `visible` items can be seen at once. What came before a reset was not to be seen: the
   * plot was paused, or out of sight.
   */
  arrived(total: number, fresh: number, isReset: boolean, visible: number): void {
    const before = this.#total ?? 0;
    if (isReset) {
      this.#waiting = Math.min(fresh, visible);
    } else {
      this.#missed += Math.max(0, total - before - fresh);
      this.#waiting += Math.min(fresh, Math.max(0, total - before));
    }
    this.#total = total;
    this.#visible = visible;
  }

  /** What waits is seen now, as far as the plot can hold it. */
  painted(): void {
    this.#missed += Math.max(0, this.#waiting - this.#visible);
    this.#waiting = 0;
  }

  /** Items that were never seen. */
  get missed(): number {
    return this.#missed;
  }

  /** Items that came since the last painting. */
  get waiting(): number {
    return this.#waiting;
  }

  #total: number | null = null;
  #missed = 0;
  #waiting = 0;
  #visible = 1;
}
