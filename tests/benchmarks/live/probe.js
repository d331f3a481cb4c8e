/**
 * Sees in each animation frame which item a plot shows, and when.
 *
 * An item's label ends with the offset of its record. What is on the page when an animation frame
 * begins was painted at the latest with that frame, and is counted when the next one begins.
 */
() => {
  const readers = {
    ours: node => node.querySelector('.jp-StreamPlot-label')?.textContent ?? '',
    bokeh: () => window.Bokeh?.documents.map(it => it.roots()[0]?.title?.text).filter(text => text).join() ?? ''
  };
  const offset = /(\d+)$/;
  const probe = {
    plots: new Map(),
    start(kind, selector) {
      this.plots.clear();
      const nodes = selector === null ? [null] : [...document.querySelectorAll(selector)];
      for (const [index, node] of nodes.entries()) {
        this.plots.set(index, { read: () => readers[kind](node), last: '', seen: null, paints: [] });
      }
      return this.plots.size;
    },
    look() {
      const now = (performance.timeOrigin + performance.now()) / 1000;
      for (const plot of this.plots.values()) {
        if (plot.seen !== null) {
          plot.paints.push([plot.seen, now]);
          plot.seen = null;
        }
        const found = offset.exec(plot.read())?.[1];
        if (found !== undefined && found !== plot.last) {
          plot.last = found;
          plot.seen = Number(found);
        }
      }
      requestAnimationFrame(() => this.look());
    },
    take() {
      return [...this.plots.values()].map(plot => plot.paints.splice(0));
    }
  };
  window.streamProbe = probe;
  probe.look();
}
