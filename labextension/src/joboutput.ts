import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { type Message } from '@lumino/messaging';
import { Panel, Widget } from '@lumino/widgets';

import { ancestor, hasContext, hasRendermime, type Saved } from './ancestors.js';
import { mosaic } from './mosaic.js';
import { PICTURE_EVENT, type Picture } from './stills.js';

export const OUTPUT_TYPE = 'application/vnd.jupyter-stream.output+json';
const WIDGET_TYPE = 'application/vnd.jupyter.widget-view+json';
const LOOK_MS = 250;
const LOOKS = 240;

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
    return this.#showLive();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.#document = ancestor(this, hasContext)?.context ?? null;
    this.#document?.saveState.connect(this.#saving, this);
    void this.#showLive();
    this.#lookAgain(LOOKS);
  }

  protected override onBeforeDetach(message: Message): void {
    this.#document?.saveState.disconnect(this.#saving, this);
    window.clearTimeout(this.#timer);
    super.onBeforeDetach(message);
  }

  /**
   * Have the widget made, once: an output that is brought up to date keeps its view.
   *
   * As a page is loaded, outputs may be there before those who know the notebook's widgets; then
   * it is made again when they come.
   */
  async #showLive(): Promise<void> {
    const rendermime = ancestor(this, hasRendermime)?.rendermime;
    const id = JSON.stringify(this.#model?.data[WIDGET_TYPE] ?? null);
    const maker = rendermime?.getFactory(WIDGET_TYPE);
    if (this.#model === null || !rendermime || (id === this.#shown && maker === this.#maker)) {
      return;
    }
    this.#shown = id;
    this.#maker = maker;
    this.#live?.dispose();
    const live = rendermime.createRenderer(WIDGET_TYPE);
    live.addClass('jp-StreamOutput-live');
    this.insertWidget(0, live);
    this.#live = live;
    await live.renderModel(this.#model);
  }

  /** Look for a while whether someone comes who knows the widget. */
  #lookAgain(times: number): void {
    this.#timer = window.setTimeout(() => {
      void this.#showLive();
      if (times > 0 && this.node.querySelector('.jp-StreamView') === null) {
        this.#lookAgain(times - 1);
      }
    }, LOOK_MS);
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
  #document: Saved | null = null;
  #shown = '';
  #maker: object | undefined;
  #timer: number | undefined;
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
