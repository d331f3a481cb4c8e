/** A Bokeh document as the kernel sends it; only BokehJS looks inside. */
export type BokehItem = Readonly<Record<string, unknown>>;

interface Signal {
  connect(slot: () => void): void;
}

export interface BokehModel {
  readonly change: Signal;
  setv(values: Readonly<Record<string, unknown>>, options?: { sync: boolean }): void;
}

export interface BokehRange extends BokehModel {
  readonly start: number;
  readonly end: number;
}

/** What a figure consists of, as far as this extension deals with it. */
export interface BokehFigure extends BokehModel {
  readonly document: { get_model_by_name(name: string): BokehModel | null } | null;
  readonly title: BokehModel & { readonly text: string };
  readonly toolbar: BokehModel;
  readonly x_range: BokehRange;
  readonly y_range: BokehRange;
  readonly properties: { readonly inner_width: BokehModel; readonly inner_height: BokehModel };
}

/** Lengths in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A figure on the page. */
export interface BokehFigureView {
  readonly model: BokehFigure;
  readonly bbox: Box;
  readonly frame: { readonly bbox: Box };
  readonly canvas_view: {
    readonly primary: { readonly el: HTMLElement };
    readonly events_el: HTMLElement;
  };
  /** Draw the figure anew, into an image or into SVG. */
  export(type: 'png' | 'svg', hidpi: boolean): BokehLayer;
}

export interface BokehLayer {
  readonly ctx: CanvasRenderingContext2D;
  to_blob(): Promise<Blob>;
}

/** The views of an embedded document. */
export interface BokehViews {
  readonly roots: readonly BokehFigureView[];
  clear(): void;
}

/** The part of BokehJS that this extension uses. */
export interface BokehLibrary {
  readonly version: string;
  set_log_level(level: string): void;
  readonly embed: { embed_item(item: BokehItem, target: HTMLElement): Promise<BokehViews> };
}

declare global {
  interface Window {
    Bokeh?: BokehLibrary;
    /** Where a library being loaded finds the object to put itself into. */
    jupyterStreamBokeh?: Map<string, { Bokeh?: BokehLibrary }>;
  }
}

const loading = new Map<string, Promise<BokehLibrary>>();

/**
 * Return BokehJS in a version: the page's own if it fits, else one that is loaded once.
 *
 * `fetchText` brings the library's text; it is called only if it is needed.
 */
export function loadBokeh(
  version: string,
  fetchText: () => Promise<DataView>
): Promise<BokehLibrary> {
  if (window.Bokeh?.version === version) {
    return Promise.resolve(window.Bokeh);
  }
  const known = loading.get(version);
  if (known !== undefined) {
    // Who fetches may be removed before the text has come; then the next one fetches.
    return known.catch(() => loadBokeh(version, fetchText));
  }
  const library = fetchText().then(text => evaluate(version, text));
  loading.set(version, library);
  library.catch(() => loading.delete(version));
  return library;
}

/**
 * Run the library's text with an object of ours as `this`, into which it puts itself.
 *
 * So the page's `window.Bokeh`, of whatever version, is neither used nor replaced.
 */
async function evaluate(version: string, text: DataView): Promise<BokehLibrary> {
  const scope: { Bokeh?: BokehLibrary } = {};
  window.jupyterStreamBokeh ??= new Map();
  window.jupyterStreamBokeh.set(version, scope);
  const call = `.call(window.jupyterStreamBokeh.get(${JSON.stringify(version)}))`;
  await runScript(['(function () {', text as DataView<ArrayBuffer>, `\n})${call};`]);
  window.jupyterStreamBokeh.delete(version);
  if (scope.Bokeh === undefined) {
    throw new Error(`The text of BokehJS ${version} did not bring the library.`);
  }
  // It warns with each paint that a figure that waits for its first data has no ranges.
  scope.Bokeh.set_log_level('error');
  return scope.Bokeh;
}

/** A script element instead of eval, which content security policies forbid more often. */
function runScript(parts: BlobPart[]): Promise<void> {
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  const script = document.createElement('script');
  script.src = url;
  const loaded = new Promise<void>((resolve, reject) => {
    script.onload = () => {
      resolve();
    };
    script.onerror = () => {
      reject(new Error('The browser refused to run BokehJS.'));
    };
  });
  document.head.append(script);
  return loaded.finally(() => {
    script.remove();
    URL.revokeObjectURL(url);
  });
}
