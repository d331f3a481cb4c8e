import type { Box } from '../../bokeh.js';
import { formatCounted } from '../../format.js';
import type { Palette } from '../../palette.js';
import type { Fields } from '../../wire.js';
import { write } from '../backdrop.js';
import { COLOUR_BAR_ROOM, drawColourBar } from '../colourbar.js';
import { LevelOptions } from '../controls/leveloptions.js';
import type { Place } from '../crosshairs.js';
import { colours } from '../drawing/colourmaps.js';
import { extent, type Interval } from '../drawing/interval.js';
import { colourValues } from '../drawing/levels.js';
import type { Pen } from '../drawing/lines.js';
import { formatReading, formatValue, linearTicks } from '../drawing/ticks.js';
import { formatTime } from '../drawing/timeticks.js';
import { nearest } from '../nearest.js';
import type { PlotOwner } from '../plot.js';
import { PlotAxis } from '../plotaxis.js';
import { Raster } from '../raster.js';
import type { FramedKind } from '../scene.js';
import { SidePlot } from '../sideplot.js';
import { type DataCanvas, mapping, type Stage } from '../stage.js';

import { WaterfallRows } from './rows.js';
import type { WaterfallUpdate } from './update.js';

const TICKS_APART = 48;

/** Fewer rows than this fill the frame no further, so that a row is no broad band. */
const LEAST_ROWS = 20;

/** One row of colours a spectrum, the newest on top. */
export class WaterfallKind implements FramedKind<WaterfallUpdate> {
  constructor(stage: Stage, owner: PlotOwner) {
    const { x_range, y_range } = stage.view.model;
    this.#owner = owner;
    this.#x = new PlotAxis(x_range, { fit: 'exact' });
    this.#y = new PlotAxis(y_range, { fit: 'exact' });
    stage.makeRoom(COLOUR_BAR_ROOM);
    this.#levels = new LevelOptions({
      configure: settings => {
        owner.configure(settings);
      },
      changed: () => {
        owner.repaint();
      }
    });
    this.options = this.#levels.nodes;
    this.below = [this.#side.node];
  }

  readonly tools = [];
  readonly scalable = [];
  readonly values = null;
  readonly options: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];

  get axes() {
    return { x: this.#x, left: this.#y, leftTells: false, hasGrid: false, right: [] };
  }

  get visible(): number {
    return this.#update?.capacity ?? 1;
  }

  get isEmpty(): boolean {
    return this.#rows.count === 0;
  }

  get spoken(): string {
    return formatCounted(this.#rows.count, 'row', 'rows');
  }

  get meaning(): string {
    return `x: ${this.#x.label}`;
  }

  get besideVersion(): string {
    return JSON.stringify([this.#used, this.#levels.map, this.#update?.zLabel, this.#rows.end]);
  }

  take(update: WaterfallUpdate, isReset: boolean): void {
    if (isReset || update.restarted) {
      this.#rows.clear();
    }
    const news = this.#rows.add(update);
    this.#news = { first: Math.min(this.#news?.first ?? Infinity, news.first), end: news.end };
    this.#update = update;
    this.#x.label = update.xLabel;
  }

  showSettings(settings: Fields): void {
    this.#levels.show(settings, this.#update?.levels ?? { low: 0, high: 1 });
  }

  settle(): void {
    const across = this.#update && extent(this.#update.x);
    if (across && this.#update) {
      const step = (across.high - across.low) / Math.max(1, this.#update.width - 1);
      this.#edges = { low: across.low - step / 2, high: across.high + step / 2 };
      this.#x.follow(this.#edges);
      const shown = Math.max(this.#rows.count, Math.min(LEAST_ROWS, this.#update.capacity));
      this.#y.follow({ low: this.#rows.end - 0.5 - shown, high: this.#rows.end - 0.5 });
    }
  }

  draw(pen: Pen, canvas: DataCanvas): void {
    const { first, end, count } = this.#rows;
    if (count === 0) {
      return;
    }
    this.#colour();
    const map = mapping(this.#x, this.#y, canvas);
    const [left, right] = [map.x(this.#edges.low), map.x(this.#edges.high)];
    for (let serial = first; serial < end;) {
      const slot = this.#rows.slot(serial);
      const run = Math.min(end - serial, this.#rows.capacity - slot);
      const from = [left, map.y(serial - 0.5)] as const;
      const to = [right, map.y(serial + run - 0.5)] as const;
      this.#raster.drawRows(pen, { first: slot, count: run }, from, to);
      serial += run;
    }
  }

  drawBeside(pen: Pen, box: Box, palette: Palette): void {
    if (this.#update !== null) {
      this.#drawTimes(pen, box, palette);
      const scale = { colours: colours(this.#levels.map), levels: this.#used };
      drawColourBar(pen, box, { ...scale, label: this.#update.zLabel }, palette);
    }
  }

  showBelow(): void {
    const selected = this.#update?.selected ?? null;
    this.#side.show(selected && { ...selected, title: selected.label });
  }

  read(place: Place): string {
    const update = this.#update;
    const at = update === null ? -1 : nearest(update.x, place.x);
    if (update === null || at < 0) {
      return '';
    }
    const { low, high } = this.#x.visible;
    const across = `${this.#x.label || 'x'} ${formatValue(update.x[at], (high - low) / 2000)}`;
    const serial = Math.round(place.y ?? NaN);
    if (!(serial >= this.#rows.first && serial < this.#rows.end)) {
      return across;
    }
    const slot = this.#rows.slot(serial);
    const value = this.#rows.values[slot * this.#rows.width + at];
    const time = formatTime(this.#rows.times[slot], 0.001);
    const level = formatReading(value);
    return `${across} \u00b7 ${time} \u00b7 ${level} \u00b7 ${this.#rows.labels[slot]}`;
  }

  clicked(place: Place): void {
    const serial = Math.round(place.y ?? NaN);
    if (serial >= this.#rows.first && serial < this.#rows.end) {
      this.#owner.configure({ selected: serial });
    }
  }

  dispose(): void {
    // Nothing goes on by itself.
  }

  get #used(): Interval {
    return this.#levels.levels(this.#update?.levels ?? { low: 0, high: 1 });
  }

  /** Colour the rows that are new; all of them when the colours are others. */
  #colour(): void {
    const { values, width, capacity, first, end } = this.#rows;
    const used = this.#used;
    const version = JSON.stringify([used, this.#levels.map, width, capacity]);
    const news = version === this.#version ? this.#news : { first, end };
    this.#version = version;
    this.#news = null;
    const pixels = this.#raster.pixels(width, capacity);
    const table = colours(this.#levels.map);
    for (let serial = Math.max(first, news?.first ?? end); serial < end; serial += 1) {
      const slot = this.#rows.slot(serial);
      const part = [slot * width, (slot + 1) * width] as const;
      colourValues(values.subarray(...part), used, table, pixels.subarray(...part));
      this.#raster.put(slot, 1);
    }
  }

  /** Rows lie at equal distances, whatever the time between them; so each tick tells its own. */
  #drawTimes(pen: Pen, box: Box, palette: Palette): void {
    const { first, end, times } = this.#rows;
    const whole = linearTicks(this.#y.visible, box.height / TICKS_APART).filter(
      ({ value }) => Number.isInteger(value) && value >= first && value < end
    );
    const span = end > first ? times[this.#rows.slot(end - 1)] - times[this.#rows.slot(first)] : 0;
    const resolution = span / Math.max(1, whole.length) < 5 ? 0.1 : 1;
    pen.save();
    pen.font = `11px ${palette.font}`;
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    pen.strokeStyle = palette.axis;
    for (const { value } of whole) {
      const y = Math.round(box.top + (1 - this.#y.share(value)) * box.height) + 0.5;
      pen.beginPath();
      pen.moveTo(box.left - 5, y);
      pen.lineTo(box.left, y);
      pen.stroke();
      const text = formatTime(times[this.#rows.slot(value)], resolution);
      write(pen, palette.mutedText, text, box.left - 8, y);
    }
    pen.restore();
  }

  readonly #owner: PlotOwner;
  readonly #x: PlotAxis;
  readonly #y: PlotAxis;
  readonly #rows = new WaterfallRows();
  readonly #raster = new Raster();
  readonly #levels: LevelOptions;
  readonly #side = new SidePlot(() => {
    this.#owner.configure({ selected: null });
  });
  #update: WaterfallUpdate | null = null;
  #edges: Interval = { low: 0, high: 1 };
  #news: { first: number; end: number } | null = null;
  #version = '';
}
