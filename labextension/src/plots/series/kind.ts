import type { BokehRange } from '../../bokeh.js';
import { formatCounted } from '../../format.js';
import type { Fields } from '../../wire.js';
import { type Axes, RIGHT_AXIS_WIDTH, write } from '../backdrop.js';
import { choice, group, numberField } from '../controls/fields.js';
import type { Place } from '../crosshairs.js';
import { extent, type Interval, union } from '../drawing/interval.js';
import { type Pen, strokeLine } from '../drawing/lines.js';
import { formatReading } from '../drawing/ticks.js';
import { formatTime } from '../drawing/timeticks.js';
import { drawLegend } from '../legend.js';
import { nearest } from '../nearest.js';
import type { PlotOwner } from '../plot.js';
import { PlotAxis } from '../plotaxis.js';
import type { FramedKind } from '../scene.js';
import { type DataCanvas, mapping, type Stage } from '../stage.js';

import { Curve, firstFrom } from './curve.js';
import type { SeriesUpdate } from './update.js';

/** The ranges of a second and a third axis, by their names in the figure. */
const MORE_RANGES = ['second', 'third'];

const RIGHT_ROOM = 18;

/** Where there are few enough points, each gets a dot. */
const MOST_DOTS = 200;

/** What is free at the right when the newest point has reached the end of the axis. */
const AHEAD = 0.08;

const SPANS = [
  { value: '0', name: 'everything' },
  { value: '10', name: '10 seconds' },
  { value: '60', name: '1 minute' },
  { value: '600', name: '10 minutes' },
  { value: '3600', name: '1 hour' },
  { value: '86400', name: '1 day' }
] as const;

const WHEN_FULL = [
  { value: 'roll', name: 'the oldest leave' },
  { value: 'thin', name: 'every second one leaves' }
] as const;

/** Numbers over time. */
export class SeriesKind implements FramedKind<SeriesUpdate> {
  constructor(stage: Stage, owner: PlotOwner) {
    const { x_range, y_range, document } = stage.view.model;
    const more = MORE_RANGES.map(name => document?.get_model_by_name(name) as BokehRange);
    this.#stage = stage;
    this.#owner = owner;
    this.#time = new PlotAxis(x_range, { fit: 'exact', isTime: true });
    this.#values = [y_range, ...more].map(range => new PlotAxis(range, { fit: 'roomy' }));
    this.options = [
      group('Time', this.#spanChoice.node),
      group('Points', this.#capacity.node, this.#whenFull.node)
    ];
  }

  readonly tools = [];
  readonly below = [];
  readonly options: readonly HTMLElement[];
  readonly besideVersion = '';
  readonly meaning = 'time';

  get axes(): Axes {
    const used = this.#values.slice(0, Math.max(1, this.#update?.axes.length ?? 1));
    return { x: this.#time, left: used[0], right: used.slice(1) };
  }

  get scalable(): readonly PlotAxis[] {
    return this.#values;
  }

  get values(): Interval | null {
    return this.#extent(0, () => true);
  }

  get visible(): number {
    return this.#update?.capacity ?? 1;
  }

  get isEmpty(): boolean {
    return this.#points === 0;
  }

  get spoken(): string {
    const curves = formatCounted(this.#curves.size, 'curve', 'curves');
    return `${curves}, ${formatCounted(this.#points, 'point', 'points')}`;
  }

  take(update: SeriesUpdate, isReset: boolean): void {
    if (isReset || update.restarted) {
      this.#curves.clear();
    }
    for (const curve of update.curves) {
      const known = this.#curves.get(curve.name) ?? new Curve(curve.name, curve.unit, curve.axis);
      known.add(curve, update.capacity);
      this.#curves.set(curve.name, known);
    }
    this.#update = update;
    this.#values.forEach((axis, index) => {
      axis.label = update.axes[index] ?? '';
    });
  }

  showSettings(settings: Fields): void {
    this.#capacity.show(settings.capacity as number);
    this.#whenFull.show(String(settings.when_full));
  }

  settle(): void {
    this.#stage.makeRoom(RIGHT_ROOM + this.axes.right.length * RIGHT_AXIS_WIDTH);
    this.#settleTime();
    this.#values.forEach((axis, index) => {
      const isLog = axis.scale.name === 'log';
      const data = this.#extent(index, value => Number.isFinite(value) && (!isLog || value > 0));
      if (data !== null) {
        axis.follow(data);
      }
    });
  }

  draw(pen: Pen, canvas: DataCanvas): void {
    const entries = [];
    pen.lineJoin = 'round';
    pen.lineWidth = 1.5;
    const { curves: colours } = canvas.palette;
    for (const [index, curve] of [...this.#curves.values()].entries()) {
      const map = mapping(this.#time, this.#values[curve.axis], canvas);
      const [from, to] = this.#inView(curve);
      const [t, y] = [curve.t.subarray(from, to), curve.y.subarray(from, to)];
      const colour = colours[index % colours.length];
      pen.strokeStyle = colour;
      pen.fillStyle = colour;
      strokeLine(pen, t, y, map);
      for (let point = 0; t.length <= MOST_DOTS && point < t.length; point += 1) {
        pen.fillRect(map.x(t[point]) - 2, map.y(y[point]) - 2, 4, 4);
      }
      entries.push({ name: named(curve), colour });
    }
    drawLegend(pen, entries.length > 1 ? entries : [], canvas);
    this.#tellAhead(pen, canvas);
  }

  drawBeside(): void {
    // The axes stand beside the frame already.
  }

  showBelow(): void {
    // There is nothing below the frame.
  }

  read(place: Place): string {
    const { low, high } = this.#time.visible;
    const parts = [formatTime(place.x, (high - low) / 1000)];
    for (const curve of this.#curves.values()) {
      const at = nearest(curve.t, place.x);
      if (at >= 0) {
        const value = formatReading(curve.y[at]);
        parts.push(`${curve.name} ${value}${curve.unit && `\u00a0${curve.unit}`}`);
      }
    }
    return parts.join(' \u00b7 ');
  }

  clicked(): void {
    // Nothing is chosen on curves.
  }

  dispose(): void {
    // Nothing goes on by itself.
  }

  /** Points that would leave no room for the others are told, not drawn. */
  #tellAhead(pen: Pen, { palette }: DataCanvas): void {
    const ahead = this.#update?.ahead ?? [];
    if (ahead.length > 0) {
      const points = formatCounted(ahead.length, 'point', 'points');
      pen.font = `11px ${palette.font}`;
      pen.textAlign = 'left';
      pen.textBaseline = 'top';
      const text = `${points} of a time to come, the last at ${formatDay(ahead[ahead.length - 1])}`;
      write(pen, palette.mutedText, text, 8, 8);
    }
  }

  get #points(): number {
    return [...this.#curves.values()].reduce((sum, curve) => sum + curve.length, 0);
  }

  /** The axis jumps ahead now and then, instead of creeping with each point. */
  #settleTime(): void {
    let whole: Interval | null = null;
    for (const { t } of this.#curves.values()) {
      whole = union(whole, t.length === 0 ? null : { low: t[0], high: t[t.length - 1] });
    }
    if (whole === null) {
      return;
    }
    const low = this.#span === 0 ? whole.low : Math.max(whole.low, whole.high - this.#span);
    const length = this.#span === 0 ? whole.high - low : this.#span;
    const isIn =
      this.#window !== null &&
      whole.high <= this.#window.high &&
      this.#window.low <= low &&
      low - this.#window.low <= 2 * AHEAD * length;
    if (!isIn || !this.#time.isFree) {
      this.#window = { low, high: (whole.high > low ? whole.high : low + 1) + AHEAD * length };
    }
    if (this.#window !== null) {
      this.#time.follow(this.#window);
    }
  }

  #extent(axis: number, counts: (value: number) => boolean): Interval | null {
    let whole: Interval | null = null;
    for (const curve of this.#curves.values()) {
      if (curve.axis === axis) {
        whole = union(whole, extent(curve.y.subarray(...this.#inView(curve)), counts));
      }
    }
    return whole;
  }

  /** Which points are in view, with one more on each side for the line that leaves it. */
  #inView(curve: Curve): [number, number] {
    const { low, high } = this.#time.visible;
    const times = curve.t;
    return [Math.max(0, firstFrom(times, low) - 1), firstFrom(times, high) + 1];
  }

  readonly #stage: Stage;
  readonly #owner: PlotOwner;
  readonly #time: PlotAxis;
  readonly #values: readonly PlotAxis[];
  readonly #curves = new Map<string, Curve>();
  readonly #spanChoice = choice('Show', 'How far back the plot reaches', SPANS, seconds => {
    this.#span = Number(seconds);
    this.#window = null;
    this.#time.release();
    this.#owner.repaint();
  });
  readonly #capacity = numberField(
    'Keep',
    'Points that are kept of each curve',
    value => {
      this.#owner.configure({ capacity: value ?? 10_000 });
    },
    { min: 10 }
  );
  readonly #whenFull = choice(
    'points; then',
    'What happens when there are more',
    WHEN_FULL,
    value => {
      this.#owner.configure({ when_full: value });
    }
  );
  #span = 0;
  #window: Interval | null = null;
  #update: SeriesUpdate | null = null;
}

/** A time that may be in another year, in the zone of the axis. */
function formatDay(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString();
}

function named(curve: Curve): string {
  return curve.unit === '' ? curve.name : `${curve.name} (${curve.unit})`;
}
