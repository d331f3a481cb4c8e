/**
 * Sees behind each animation frame which item a plot shows, and when.
 *
 * An item's label ends with the offset of its record. A message that is sent in an animation frame
 * comes when all callbacks of that frame are done and the page was laid out and painted.
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
        this.plots.set(index, { read: () => readers[kind](node), last: '', paints: [] });
      }
      return this.plots.size;
    },
    look() {
      const now = (performance.timeOrigin + performance.now()) / 1000;
      for (const plot of this.plots.values()) {
        const found = offset.exec(plot.read())?.[1];
        if (found !== undefined && found !== plot.last) {
          plot.last = found;
          plot.paints.push([Number(found), now]);
        }
      }
    },
    lookBehindEachFrame() {
      const behind = new MessageChannel();
      behind.port1.onmessage = () => this.look();
      const frame = () => {
        behind.port2.postMessage(null);
        requestAnimationFrame(frame);
      };
      frame();
    },
    hasSeenAll() {
      return [...this.plots.values()].every(plot => plot.last !== '');
    },
    take() {
      return [...this.plots.values()].map(plot => plot.paints.splice(0));
    }
  };
  window.streamProbe = probe;
  probe.lookBehindEachFrame();
}
