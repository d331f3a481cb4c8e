import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { type Message } from '@lumino/messaging';
import { Panel, Widget } from '@lumino/widgets';

import { ancestor, hasContext, hasRendermime, type KernelDocument } from './ancestors.js';
import { mosaic } from './mosaic.js';
import { PICTURE_EVENT, type Picture } from './stills.js';

export const OUTPUT_TYPE = 'application/vnd.jupyter-stream.output+json';
const WIDGET_TYPE = 'application/vnd.jupyter.widget-view+json';

/**
 * A job's output: its live view, and a picture of it that stands in when there is none.
 *
 * The picture is kept in the notebook too, for whoever opens it without its kernel.
 */
export class JobOutput extends Panel implements IRenderMime.IRenderer {
  constructor() {
    super();
    this.addClass('jp-StreamOutput');
    this.#still.addClass('jp-StreamOutput-still');
    this.addWidget(this.#still);
    this.node.addEventListener(PICTURE_EVENT, event => {
      this.#pictures.set(event.target as HTMLElement, (event as CustomEvent<Picture>).detail);
      void this.#combine();
    });
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    this.#showStill(pictureIn(model));
    return this.#whenReady();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.#document = ancestor(this, hasContext)?.context ?? null;
    this.#document?.saveState.connect(this.#saving, this);
    void this.#whenReady();
  }

  protected override onBeforeDetach(message: Message): void {
    this.#document?.saveState.disconnect(this.#saving, this);
    super.onBeforeDetach(message);
  }

  /** Wait until the notebook has a kernel, and with it someone who knows the widgets there. */
  async #whenReady(): Promise<void> {
    await this.#document?.sessionContext.ready;
    // Others wait for the same; the widgets' own renderer is there when they had their turn.
    await new Promise(resolve => window.setTimeout(resolve));
    if (this.isAttached) {
      await this.#showLive();
    }
  }

  /** Have the widget made, once: an output that is brought up to date keeps its view. */
  async #showLive(): Promise<void> {
    const rendermime = ancestor(this, hasRendermime)?.rendermime;
    const id = JSON.stringify(this.#model?.data[WIDGET_TYPE] ?? null);
    if (this.#model === null || rendermime === undefined || id === this.#shown) {
      return;
    }
    this.#shown = id;
    this.#live?.dispose();
    const live = rendermime.createRenderer(WIDGET_TYPE);
    live.addClass('jp-StreamOutput-live');
    this.insertWidget(0, live);
    this.#live = live;
    await live.renderModel(this.#model);
  }

  /** Make one picture of all views within. */
  async #combine(): Promise<void> {
    const pictures = [...this.node.querySelectorAll('.jp-StreamView')].map(
      view => this.#pictures.get(view) ?? NOTHING
    );
    const text = pictures.map(picture => picture.text).join('\n');
    const png =
      pictures.length === 1
        ? pictures[0].png
        : await mosaic(
            pictures.map(picture => picture.png),
            columnsIn(this.#model)
          );
    this.#newest = { png, text };
    this.#showStill(this.#newest);
  }

  #showStill({ png, text }: Picture): void {
    const { node } = this.#still;
    if (png === null) {
      node.textContent = text;
    } else {
      const image = new Image();
      image.alt = text;
      image.src = `data:image/png;base64,${png}`;
      node.replaceChildren(image);
    }
  }

  #saving(_: unknown, state: string): void {
    if (state === 'started' && this.#model !== null && this.#newest !== null) {
      const { png, text } = this.#newest;
      const picture = png === null ? {} : { 'image/png': png };
      this.#newest = null;
      this.#model.setData({ data: { ...this.#model.data, ...picture, 'text/plain': text } });
    }
  }

  readonly #still = new Widget();
  #live: Widget | null = null;
  #model: IRenderMime.IMimeModel | null = null;
  #document: KernelDocument | null = null;
  #shown = '';
  readonly #pictures = new WeakMap<EventTarget, Picture>();
  #newest: Picture | null = null;
}

const NOTHING: Picture = { png: null, text: '' };

function pictureIn(model: IRenderMime.IMimeModel): Picture {
  const png = model.data['image/png'];
  const text = model.data['text/plain'];
  return {
    png: typeof png === 'string' ? png : null,
    text: typeof text === 'string' ? text : ''
  };
}

function columnsIn(model: IRenderMime.IMimeModel | null): number {
  const output = model?.data[OUTPUT_TYPE] as { readonly columns?: number } | undefined;
  return output?.columns ?? 1;
}
