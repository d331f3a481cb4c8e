import type { BokehRange } from '../bokeh.js';

/** A range for an axis that no gesture moves, so that Bokeh need not know it. */
export class LocalRange implements BokehRange {
  start = 0;
  end = 1;
  readonly change = { connect: () => undefined };

  setv(values: { readonly start: number; readonly end: number }): void {
    this.start = values.start;
    this.end = values.end;
  }
}
