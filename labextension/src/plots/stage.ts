import type { BokehFigureView, BokehItem, BokehLibrary, BokehViews, Box } from '../bokeh.js';
import { type Palette, readPalette, watchTheme } from '../palette.js';

import { type Axes, drawBackdrop } from './backdrop.js';
import type { Mapping, Pen } from './drawing/lines.js';
import type { PlotAxis } from './plotaxis.js';
import { Sheet } from './sheet.js';

/** What a kind of plot draws. */
export interface Scene {
  /** Follow the data with the axes; called before anything is drawn. */
  settle(): void;
  /** Draw the data; the pen's origin is the frame's corner, and nothing shows beyond the frame. */
  draw(pen: Pen, canvas: DataCanvas): void;
  /** Draw beside the frame; the pen's origin is the figure's corner. */
  drawBeside(pen: Pen, box: Box, palette: Palette): void;
  /** Tells when what is drawn beside the frame is another than before. */
  readonly besideVersion: string;
}

/** Where data are drawn. */
export interface DataCanvas {
  /** Width and height of the frame in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  /** Device pixels in a CSS pixel; null where shapes are wanted instead of pixels. */
  readonly ratio: number | null;
}

/**
 * A figure of Bokeh, of which the frame, the ranges and the gestures are used.
 *
 * Axes and data are drawn on two canvases of ours between Bokeh's: one behind for what seldom
 * changes, one for the data.
 */
export class Stage {
  /** Embed a figure in an element that is on the page. */
  static async embed(library: BokehLibrary, item: BokehItem, host: HTMLElement): Promise<Stage> {
    return new Stage(await library.embed.embed_item(item, host), host);
  }

  private constructor(views: BokehViews, host: HTMLElement) {
    this.#views = views;
    this.#host = host;
    this.view = views.roots[0];
    this.palette = readPalette(host);
    // The element around it takes the keys.
    this.view.canvas_view.events_el.tabIndex = -1;
    this.view.canvas_view.events_el.style.outline = 'none';
    this.view.canvas_view.primary.el.after(this.#behind.node, this.#data.node);
    this.#unwatchTheme = watchTheme(() => {
      this.palette = readPalette(host);
      this.onMoved();
    });
    const { properties, x_range, y_range } = this.view.model;
    const moved = () => {
      this.onMoved();
    };
    for (const model of [properties.inner_width, properties.inner_height, x_range, y_range]) {
      model.change.connect(moved);
    }
  }

  readonly view: BokehFigureView;
  palette: Palette;

  /** Called when the picture has to be drawn anew: other ranges, another size, another theme. */
  onMoved: () => void = () => undefined;

  /** The frame within the figure. */
  get box(): Box {
    return this.view.frame.bbox;
  }

  /** Bring a scene on the page. */
  paint(scene: Scene, axes: Axes): void {
    scene.settle();
    const { box } = this;
    if (box.width <= 0 || box.height <= 0) {
      return;
    }
    this.#paintBehind(scene, axes);
    this.#data.clear(box);
    scene.draw(this.#data.pen, {
      ...sizeOf(box),
      palette: this.palette,
      ratio: this.#data.ratio
    });
  }

  /** What seldom changes is drawn only when it does. */
  #paintBehind(scene: Scene, axes: Axes): void {
    const { box, palette } = this;
    const whole = { ...sizeOf(this.view.bbox), left: 0, top: 0 };
    const all = [axes.x, axes.left, ...axes.right];
    const version = JSON.stringify([
      ...[box.left, box.top, box.width, box.height, whole.width, window.devicePixelRatio],
      ...all.map(axis => [axis.ends, axis.label, axis.scale.name]),
      ...[palette, scene.besideVersion]
    ]);
    if (version !== this.#behindVersion) {
      this.#behindVersion = version;
      this.#behind.clear(whole);
      drawBehind(this.#behind.pen, box, scene, axes, palette);
    }
  }

  /** Draw everything with another pen, whose origin is the figure's corner. */
  drawWith(pen: Pen, scene: Scene, axes: Axes): void {
    const { box, palette } = this;
    pen.fillStyle = palette.background;
    pen.fillRect(0, 0, this.view.bbox.width, this.view.bbox.height);
    drawBehind(pen, box, scene, axes, palette);
    pen.save();
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
    pen.translate(box.left, box.top);
    scene.draw(pen, { ...sizeOf(box), palette, ratio: null });
    pen.restore();
  }

  /** Leave so much room at the right of the frame. */
  makeRoom(right: number): void {
    if (right !== this.#right) {
      this.#right = right;
      this.view.model.setv({ min_border_right: right }, { sync: false });
    }
  }

  /** Let dragging do something else: move the ranges, or choose what to zoom to. */
  drag(tool: 'pan' | 'box'): void {
    const active = this.view.model.document?.get_model_by_name(tool);
    this.view.model.toolbar.setv({ active_drag: active }, { sync: false });
  }

  /** Take the figure off the page. */
  dispose(): void {
    this.#unwatchTheme();
    this.#views.clear();
    this.#host.replaceChildren();
  }

  readonly #views: BokehViews;
  readonly #host: HTMLElement;
  readonly #behind = new Sheet();
  readonly #data = new Sheet();
  readonly #unwatchTheme: () => void;
  #behindVersion = '';
  #right: number | null = null;
}

/** Where values lie in a frame whose corner is the origin. */
export function mapping(
  x: PlotAxis,
  y: PlotAxis,
  size: Pick<DataCanvas, 'width' | 'height'>,
  ratio = 1
): Mapping {
  const width = size.width * ratio;
  const height = size.height * ratio;
  const up = y.places(height);
  return { x: x.places(width), y: value => height - up(value) };
}

function drawBehind(pen: Pen, box: Box, scene: Scene, axes: Axes, palette: Palette): void {
  drawBackdrop(pen, box, axes, palette);
  scene.drawBeside(pen, box, palette);
}

function sizeOf(box: Box): { width: number; height: number } {
  return { width: box.width, height: box.height };
}
