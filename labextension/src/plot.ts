import type { BokehFigure, BokehItem, BokehLibrary, BokehModel, BokehViews } from './bokeh.js';
import { fadingAlphas } from './fading.js';
import { colourFigure } from './figurecolours.js';
import { formatCounted } from './format.js';
import type { PlotUpdate, Spectrum } from './frame.js';
import { readPalette, watchTheme } from './palette.js';
import { WireError } from './wire.js';

/** Changes that come from the kernel are not told back to it. */
const QUIET = { sync: false };

type Texts = Pick<PlotUpdate, 'title' | 'xLabel' | 'yLabel'>;

/** The kernel's figure, embedded once; after that only its data change. */
export class SpectrumPlot {
  /** Embed a figure in an element that is on the page. */
  static async embed(
    library: BokehLibrary,
    item: BokehItem,
    host: HTMLElement
  ): Promise<SpectrumPlot> {
    return new SpectrumPlot(await library.embed.embed_item(item, host), host);
  }

  private constructor(views: BokehViews, host: HTMLElement) {
    this.#views = views;
    this.#host = host;
    host.setAttribute('role', 'group');
    host.dataset.empty = 'true';
    this.#figure = views.roots[0].model;
    this.#history = named(this.#figure, 'history');
    this.#latest = named(this.#figure, 'latest');
    const recolour = () => {
      colourFigure(this.#figure, readPalette(host));
    };
    recolour();
    this.#unwatchTheme = watchTheme(recolour);
  }

  /** Set title and axis labels. */
  describe(texts: Texts): void {
    if (!sameTexts(texts, this.#texts)) {
      this.#figure.title.setv({ text: texts.title }, QUIET);
      label(this.#figure.below, texts.xLabel);
      label(this.#figure.left, texts.yLabel);
      this.#texts = texts;
    }
  }

  /** Show spectra, oldest first: the last one highlighted, the others fading with age. */
  show(spectra: readonly Spectrum[]): void {
    if (spectra === this.#shown) {
      return;
    }
    this.#shown = spectra;
    this.#host.dataset.empty = String(spectra.length === 0);
    const older = spectra.slice(0, -1);
    const data = {
      xs: older.map(spectrum => spectrum.x),
      ys: older.map(spectrum => spectrum.y),
      alpha: fadingAlphas(older.length)
    };
    this.#history.setv({ data }, QUIET);
    const latest = spectra.at(-1);
    this.#latest.setv({ data: { x: latest?.x ?? [], y: latest?.y ?? [] } }, QUIET);
    this.#host.setAttribute('aria-label', spoken(this.#texts.title, spectra.length));
  }

  /** Take the figure off the page. */
  dispose(): void {
    this.#unwatchTheme();
    this.#views.clear();
  }

  readonly #views: BokehViews;
  readonly #host: HTMLElement;
  readonly #figure: BokehFigure;
  readonly #history: BokehModel;
  readonly #latest: BokehModel;
  readonly #unwatchTheme: () => void;
  #texts: Texts = { title: '', xLabel: '', yLabel: '' };
  #shown: readonly Spectrum[] = [];
}

/** What the plot shows, for those who do not see it. */
function spoken(title: string, count: number): string {
  return `${title}, ${formatCounted(count, 'spectrum', 'spectra')}`;
}

function named(figure: BokehFigure, name: string): BokehModel {
  const model = figure.document?.get_model_by_name(name);
  if (!model) {
    throw new WireError(`the figure has nothing named "${name}"`);
  }
  return model;
}

function label(side: readonly BokehModel[], text: string): void {
  side.find(model => model.type.endsWith('Axis'))?.setv({ axis_label: text }, QUIET);
}

function sameTexts(one: Texts, other: Texts): boolean {
  return one.title === other.title && one.xLabel === other.xLabel && one.yLabel === other.yLabel;
}
