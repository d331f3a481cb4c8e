/**
 * Sees behind each animation frame what the page shows, and when.
 *
 * A message that is sent in an animation frame comes when all callbacks of that frame are done and
 * the page was laid out and painted. Times are in milliseconds since the page was begun.
 */
() => {
  class Expected {
    constructor(holds) {
      this.holds = holds;
      this.shown = new Promise(done => {
        this.done = done;
      });
    }
  }
  const expected = new Map();
  const waiting = new Set();
  const frames = { isCounted: false, stamps: [], gaps: 0, hasGap: null };
  const probe = {
    touched: 0,
    expect(name, holds) {
      if (holds()) {
        throw new Error(`${name}: this is shown already`);
      }
      const one = new Expected(holds);
      expected.set(name, one);
      waiting.add(one);
    },
    shown(name) {
      return expected.get(name).shown;
    },
    countFrames(hasGap) {
      Object.assign(frames, { isCounted: true, stamps: [], gaps: 0, hasGap });
    },
    takeFrames() {
      const { stamps, gaps } = frames;
      frames.isCounted = false;
      const steps = stamps.slice(1).map((stamp, index) => (stamp - stamps[index]) / 1000);
      const seconds = steps.reduce((sum, step) => sum + step, 0);
      return { painted: steps.length, seconds, longest: Math.max(...steps), gaps };
    }
  };
  window.sidebarProbe = probe;
  const behind = new MessageChannel();
  behind.port1.onmessage = () => {
    if (frames.isCounted) {
      frames.gaps += frames.hasGap();
    }
    const now = performance.now();
    for (const one of waiting) {
      if (one.holds()) {
        waiting.delete(one);
        one.done(now);
      }
    }
  };
  const frame = stamp => {
    if (frames.isCounted) {
      frames.stamps.push(stamp);
    }
    behind.port2.postMessage(null);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  for (const kind of ['pointerdown', 'keydown']) {
    const touch = event => {
      probe.touched = event.timeStamp;
    };
    window.addEventListener(kind, touch, { capture: true });
  }
}
