import { setText, element } from '../../elements.js';
import type { Fields } from '../../wire.js';
import { iconButton, press, textButton } from '../controls/button.js';
import { group, numberField } from '../controls/fields.js';
import { LevelOptions } from '../controls/leveloptions.js';
import type { Axes } from '../backdrop.js';
import { COLOUR_BAR_ROOM, drawColourBar } from '../colourbar.js';
import type { Place } from '../crosshairs.js';
import { equalUnits } from '../drawing/aspect.js';
import { colours } from '../drawing/colourmaps.js';
import { colourSteps, colourValues } from '../drawing/levels.js';
import type { Interval } from '../drawing/interval.js';
import type { Pen } from '../drawing/lines.js';
import { formatValue } from '../drawing/ticks.js';
import type { PlotOwner } from '../plot.js';
import { PlotAxis } from '../plotaxis.js';
import { Raster } from '../raster.js';
import type { FramedKind } from '../scene.js';
import { SidePlot } from '../sideplot.js';
import { type DataCanvas, mapping, type Stage } from '../stage.js';
import type { Box } from '../../bokeh.js';
import type { Palette } from '../../palette.js';

import { HistogramView } from './histogram.js';
import { outlined } from './outlined.js';
import { RegionDrag } from './regiondrag.js';
import { longestSide, SentSize } from './sentsize.js';
import { listed, pixelAt, valueText } from './texts.js';
import type { ImageUpdate, Picture } from './update.js';

/** The newest image. */
export class ImageKind implements FramedKind<ImageUpdate> {
  constructor(stage: Stage, stageNode: HTMLElement, owner: PlotOwner) {
    const { x_range, y_range } = stage.view.model;
    this.#stage = stage;
    this.#owner = owner;
    this.axes = {
      x: new PlotAxis(x_range, { fit: 'exact' }),
      left: new PlotAxis(y_range, { fit: 'exact' }),
      right: [],
      hasGrid: false
    };
    stage.makeRoom(COLOUR_BAR_ROOM);
    this.#levels = new LevelOptions({
      configure: settings => {
        owner.configure(settings);
      },
      changed: () => {
        owner.repaint();
      }
    });
    this.#drag = new RegionDrag(
      stageNode,
      () => stage.box,
      (from, to) => {
        this.#chooseRegion(from, to);
      }
    );
    this.tools = [this.#region, this.#row, this.#column];
    this.options = [...this.#levels.nodes, this.#histogram.node, this.#parts()];
    this.below = [this.#side.node, this.#statistics];
    for (const tool of this.tools) {
      press(tool, false);
    }
  }

  readonly axes: Axes;
  readonly tools: readonly HTMLButtonElement[];
  readonly scalable = [];
  readonly values = null;
  readonly options: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];
  readonly visible = 1;

  get isEmpty(): boolean {
    return this.#picture === null;
  }

  get spoken(): string {
    const [height, width] = this.#picture?.shape ?? [0, 0];
    return `${this.#update?.total ?? 0} images, the newest of ${width} by ${height} pixels`;
  }

  get meaning(): string {
    return `image: ${this.axes.x.label}, ${this.axes.left.label}`;
  }

  get besideVersion(): string {
    return JSON.stringify([this.#used, this.#levels.map, this.#picture?.zLabel]);
  }

  take(update: ImageUpdate): void {
    this.#update = update;
    this.#picture = update.picture;
    if (this.#picture !== null) {
      const { x, left } = this.axes;
      x.label = this.#picture.xLabel;
      left.label = this.#picture.yLabel;
      left.isReversed = this.#picture.fromTop;
      const { row, column } = { row: this.#row, column: this.#column };
      press(row, this.#armed === 'row');
      press(column, this.#armed === 'column');
    }
  }

  showSettings(settings: Fields): void {
    this.#levels.show(settings, this.#picture?.levels ?? { low: 0, high: 1 });
    this.#mask.show(settings.mask as number | null);
  }

  settle(): void {
    const { x, left } = this.axes;
    if (this.#picture !== null && x.isFree && left.isFree) {
      const [across, upwards] = this.#wanted(this.#picture);
      x.follow(across);
      left.follow(upwards);
    }
    if (this.#picture !== null) {
      this.#size.need(this.#needed(this.#picture));
    }
  }

  dispose(): void {
    this.#size.stop();
  }

  draw(pen: Pen, canvas: DataCanvas): void {
    if (this.#picture === null) {
      return;
    }
    this.#colour(this.#picture);
    const map = mapping(this.axes.x, this.axes.left, canvas);
    const { xRange, yRange, sent, region, cut } = this.#picture;
    const [from, to] = [0, 1].map(end => [map.x(xRange[end]), map.y(yRange[end])] as const);
    this.#raster.drawRows(pen, { first: 0, count: sent[0] }, from, to);
    if (region !== null) {
      const [x0, y0, x1, y1] = region.bounds;
      outlined(pen, () => {
        pen.rect(map.x(x0), map.y(y0), map.x(x1) - map.x(x0), map.y(y1) - map.y(y0));
      });
    }
    if (cut !== null) {
      outlined(pen, () => {
        const [x, y] = [map.x(cut.at), map.y(cut.at)];
        pen.moveTo(cut.axis === 'row' ? 0 : x, cut.axis === 'row' ? y : 0);
        pen.lineTo(cut.axis === 'row' ? canvas.width : x, cut.axis === 'row' ? y : canvas.height);
      });
    }
  }

  drawBeside(pen: Pen, box: Box, palette: Palette): void {
    if (this.#picture !== null) {
      const scale = { colours: colours(this.#levels.map), levels: this.#used };
      drawColourBar(pen, box, { ...scale, label: this.#picture.zLabel }, palette);
    }
  }

  showBelow(): void {
    if (this.#picture === null) {
      return;
    }
    const { cut, region, statistics, histogram } = this.#picture;
    this.#side.show(cut && { ...cut, title: `${NAMES[cut.axis]} at ${formatValue(cut.at, 1)}` });
    this.#histogram.show(histogram, this.#used);
    const parts = [`Image: ${listed(statistics)}`];
    if (region !== null) {
      parts.push(`Region: ${listed(region.statistics)}`);
    }
    setText(this.#statistics, parts.join('\n'));
  }

  read(place: Place): string {
    if (this.#picture === null || place.y === null) {
      return '';
    }
    const { xRange, yRange, sent, image, range, shape } = this.#picture;
    const column = pixelAt(place.x, xRange, sent[1]);
    const row = pixelAt(place.y, yRange, sent[0]);
    const [x, y] = [place.x, place.y].map((value, side) =>
      formatValue(
        value,
        Math.abs(side === 0 ? xRange[1] - xRange[0] : yRange[1] - yRange[0]) / shape[1 - side]
      )
    );
    const where = `${this.axes.x.label} ${x} \u00b7 ${this.axes.left.label} ${y}`;
    if (column === null || row === null) {
      return where;
    }
    return `${where} \u00b7 value ${valueText(image[row * sent[1] + column], range)}`;
  }

  clicked(place: Place): void {
    if (this.#armed === 'row' && place.y !== null) {
      this.#owner.configure({ cut: { axis: 'row', at: place.y } });
    } else if (this.#armed === 'column') {
      this.#owner.configure({ cut: { axis: 'column', at: place.x } });
    }
  }

  get #used(): Interval {
    return this.#levels.levels(this.#picture?.levels ?? { low: 0, high: 1 });
  }

  /** The longest side of an image that looks as sharp as the whole of it would be here. */
  #needed({ shape, xRange, yRange }: Picture): number {
    const { width, height } = this.#stage.box;
    const pixels = window.devicePixelRatio;
    return longestSide([
      { own: shape[1], onScreen: (pixels * width * length(xRange)) / length(this.axes.x.ends) },
      { own: shape[0], onScreen: (pixels * height * length(yRange)) / length(this.axes.left.ends) }
    ]);
  }

  /** Colour the pixels, unless they are the same and have the same colours. */
  #colour(picture: Picture): void {
    const used = this.#used;
    const version = JSON.stringify([used, this.#levels.map]);
    if (picture.image === this.#coloured && version === this.#version) {
      return;
    }
    this.#coloured = picture.image;
    this.#version = version;
    const pixels = this.#raster.pixels(picture.sent[1], picture.sent[0]);
    const table = colours(this.#levels.map);
    if (picture.range === null) {
      colourValues(picture.image, used, table, pixels);
    } else {
      colourSteps(picture.image, picture.range, used, table, pixels);
    }
    this.#raster.put();
  }

  /** Pixels of a camera are square; other axes fill the frame. */
  #wanted({ xRange, yRange, fromTop }: Picture): [Interval, Interval] {
    const [across, upwards] = [sorted(xRange), sorted(yRange)];
    return fromTop ? equalUnits(across, upwards, this.#stage.box) : [across, upwards];
  }

  #arm(tool: 'region' | 'row' | 'column'): void {
    this.#armed = this.#armed === tool ? null : tool;
    for (const [name, button] of [
      ['region', this.#region],
      ['row', this.#row],
      ['column', this.#column]
    ] as const) {
      press(button, this.#armed === name);
    }
    this.#drag.arm(this.#armed === 'region');
  }

  #chooseRegion(from: Place, to: Place): void {
    const { x, left } = this.axes;
    const corner = (share: Place) => [x.valueAt(share.x), left.valueAt(share.y ?? 0)];
    this.#owner.configure({ region: [...corner(from), ...corner(to)] });
    this.#arm('region');
  }

  #parts(): HTMLElement {
    const clear = textButton('Clear region', 'Forget the region', () => {
      this.#owner.configure({ region: null });
    });
    return group('Values', this.#mask.node, clear);
  }

  readonly #stage: Stage;
  readonly #owner: PlotOwner;
  readonly #levels: LevelOptions;
  readonly #drag: RegionDrag;
  readonly #size = new SentSize(side => {
    this.#owner.show(side);
  });
  readonly #raster = new Raster();
  readonly #statistics = element('div', 'jp-StreamPlot-statistics');
  readonly #side = new SidePlot(() => {
    this.#owner.configure({ cut: null });
  });
  readonly #histogram = new HistogramView(levels => {
    this.#levels.choose(levels);
  });
  readonly #mask = numberField(
    'Mask',
    'A value that stands for no value',
    mask => {
      this.#owner.configure({ mask });
    },
    { placeholder: 'none' }
  );
  readonly #region = iconButton('region', 'Statistics of a region: drag a rectangle', () => {
    this.#arm('region');
  });
  readonly #row = iconButton('row', 'Cut along a row: click on it', () => {
    this.#arm('row');
  });
  readonly #column = iconButton('column', 'Cut along a column: click on it', () => {
    this.#arm('column');
  });
  #update: ImageUpdate | null = null;
  #picture: Picture | null = null;
  #coloured: unknown = null;
  #version = '';
  #armed: 'region' | 'row' | 'column' | null = null;
}

const NAMES = { row: 'Row', column: 'Column' } as const;

function length([one, other]: readonly [number, number]): number {
  return Math.abs(other - one);
}

function sorted([one, other]: readonly [number, number]): Interval {
  return { low: Math.min(one, other), high: Math.max(one, other) };
}
