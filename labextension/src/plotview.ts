import { loadBokeh } from './bokeh.js';
import type { FigureMessage } from './messages.js';
import { embedFramed } from './plots/embed.js';
import type { Plot, PlotOwner } from './plots/plot.js';
import { TablePlot } from './plots/table/plot.js';
import type { PlotKind, PlotUpdate } from './plots/update.js';
import { WireError } from './wire.js';

/** The place of a view's plot: of one kind at a time, which may change. */
export class PlotView {
  /** `fetchLibrary` brings the text of BokehJS; it is called only if it is needed. */
  constructor(host: HTMLElement, owner: PlotOwner, fetchLibrary: () => Promise<DataView>) {
    this.#host = host;
    this.#owner = owner;
    this.#fetchLibrary = fetchLibrary;
  }

  /** Embed a plot in place of the one before; returns whether it was not overtaken by another. */
  async embed(figure: FigureMessage): Promise<boolean> {
    this.clear();
    const turn = this.#turn;
    const plot = figure.kind === null ? null : await this.#make(figure, figure.kind);
    if (turn !== this.#turn) {
      plot?.dispose();
      return false;
    }
    this.#plot = plot;
    this.#kind = figure.kind;
    return true;
  }

  /** Take the plot off the page; one that is about to be embedded never comes. */
  clear(): void {
    this.#turn += 1;
    this.#plot?.dispose();
    this.#plot = null;
    this.#kind = null;
    delete this.#host.dataset.empty;
  }

  /** Take in what is new on the plot. */
  take(update: PlotUpdate, isReset: boolean): void {
    if (update.kind !== this.#kind) {
      throw new WireError(`a frame brings data for another plot (${update.kind}) than the figure`);
    }
    this.#plot?.take(update, isReset);
  }

  /** Tell how many items came since those of a plot that is held. */
  fallBehind(count: number): void {
    this.#plot?.fallBehind(count);
  }

  /** Bring the newest on the page. */
  paint(): void {
    this.#plot?.paint();
  }

  /** Say why the kernel does not do what was asked. */
  refused(reason: string): void {
    this.#plot?.refused(reason);
  }

  /** What is embedded; null for no plot. */
  get kind(): PlotKind | null {
    return this.#kind;
  }

  /** With how many items the plot is held; null if it goes on. */
  get held(): number | null {
    return this.#plot?.held ?? null;
  }

  /** How many items were never seen. */
  get missed(): number {
    return this.#plot?.missed ?? 0;
  }

  async #make(figure: FigureMessage, kind: PlotKind): Promise<Plot> {
    this.#host.dataset.kind = kind;
    this.#host.dataset.lmSuppressShortcuts = 'true';
    this.#host.setAttribute('role', 'group');
    if (kind === 'table') {
      return new TablePlot(this.#host, this.#owner);
    }
    if (figure.item === null) {
      throw new WireError(`the figure of the ${kind} is missing`);
    }
    const library = await loadBokeh(figure.bokeh, this.#fetchLibrary);
    // The one before may have come meanwhile; it is overtaken.
    this.#host.replaceChildren();
    return embedFramed(kind, library, figure.item, this.#host, this.#owner);
  }

  readonly #host: HTMLElement;
  readonly #owner: PlotOwner;
  readonly #fetchLibrary: () => Promise<DataView>;
  #plot: Plot | null = null;
  #kind: PlotKind | null = null;
  #turn = 0;
}
