import type { Column } from '../../columns.js';
import { formatCounted } from '../../format.js';
import type { Fields } from '../../wire.js';
import { type Axes, RIGHT_AXIS_WIDTH } from '../backdrop.js';
import type { Place } from '../crosshairs.js';
import type { Interval } from '../drawing/interval.js';
import type { Pen } from '../drawing/lines.js';
import { formatReading, formatValue } from '../drawing/ticks.js';
import { LocalRange } from '../localrange.js';
import { nearest } from '../nearest.js';
import type { PlotOwner } from '../plot.js';
import { PlotAxis } from '../plotaxis.js';
import type { FramedKind } from '../scene.js';
import type { DataCanvas, Stage } from '../stage.js';

import { span } from './extents.js';
import { SpectrumOptions } from './options.js';
import { SpectrumPicture } from './picture.js';
import { SpectrumRing } from './ring.js';
import { spokenName, type SpectrumUpdate, type Trace } from './update.js';

const RIGHT_ROOM = 18;
const COMPARISONS = new Set(['difference', 'ratio']);
const LIMITS = new Set(['lower', 'upper']);

/** The last spectra over one another, with what the kernel computed from them. */
export class SpectrumKind implements FramedKind<SpectrumUpdate> {
  constructor(stage: Stage, owner: PlotOwner) {
    const { x_range, y_range } = stage.view.model;
    this.#stage = stage;
    this.#x = new PlotAxis(x_range, { fit: 'exact' });
    this.#y = new PlotAxis(y_range, { fit: 'roomy' });
    this.#settings = new SpectrumOptions(settings => {
      owner.configure(settings);
    });
    this.options = this.#settings.nodes;
  }

  readonly tools = [];
  readonly below = [];
  readonly options: readonly HTMLElement[];
  readonly besideVersion = '';

  get axes(): Axes {
    return { x: this.#x, left: this.#y, right: this.#compared.length > 0 ? [this.#other] : [] };
  }

  get scalable(): readonly PlotAxis[] {
    return [this.#y];
  }

  get values(): Interval | null {
    return span(this.#leftColumns);
  }

  get visible(): number {
    return this.#update?.capacity ?? 1;
  }

  get isEmpty(): boolean {
    return this.#ring.spectra.length === 0;
  }

  get spoken(): string {
    return formatCounted(this.#ring.spectra.length, 'spectrum', 'spectra');
  }

  get meaning(): string {
    return `x: ${this.#x.label}`;
  }

  take(update: SpectrumUpdate, isReset: boolean): void {
    if (isReset) {
      this.#ring.clear();
    }
    this.#ring.add(update);
    this.#update = update;
    this.#x.label = update.xLabel;
    this.#y.label = update.yLabel;
    this.#other.label = this.#comparedNames;
  }

  showSettings(settings: Fields): void {
    this.#settings.show(settings);
  }

  settle(): void {
    this.#stage.makeRoom(this.#compared.length > 0 ? RIGHT_AXIS_WIDTH + 8 : RIGHT_ROOM);
    const across = span(this.#ring.spectra.map(spectrum => spectrum.x));
    if (across !== null) {
      this.#x.follow(across);
    }
    const upwards = span(this.#leftColumns, this.#y.scale.name);
    if (upwards !== null) {
      this.#y.follow(upwards);
    }
    const compared = span(
      this.#compared.map(trace => trace.y),
      this.#other.scale.name
    );
    if (compared !== null) {
      this.#other.follow(compared);
    }
  }

  draw(pen: Pen, canvas: DataCanvas): void {
    this.#picture.draw(pen, canvas, {
      x: this.#x,
      y: this.#y,
      other: this.#other,
      spectra: this.#ring.spectra,
      traces: this.#update?.traces ?? [],
      peaks: this.#update?.peaks ?? [],
      settings: this.#update?.settings ?? {}
    });
  }

  drawBeside(): void {
    // Everything is in the frame.
  }

  showBelow(): void {
    // There is nothing below the frame.
  }

  read(place: Place): string {
    const latest = this.#ring.spectra.at(-1);
    const at = latest === undefined ? -1 : nearest(latest.x, place.x);
    if (latest === undefined || at < 0) {
      return '';
    }
    const { low, high } = this.#x.visible;
    const across = formatValue(latest.x[at], (high - low) / 2000);
    const parts = [`${this.#x.label || 'x'} ${across}`, `newest ${formatReading(latest.y[at])}`];
    const traces = (this.#update?.traces ?? []).filter(trace => !LIMITS.has(trace.role));
    for (const trace of traces) {
      parts.push(`${spokenName(trace)} ${formatReading(trace.y[nearest(trace.x, place.x)])}`);
    }
    return parts.join(' \u00b7 ');
  }

  clicked(): void {
    // Nothing is chosen on spectra.
  }

  dispose(): void {
    // Nothing goes on by itself.
  }

  get #compared(): readonly Trace[] {
    return (this.#update?.traces ?? []).filter(trace => COMPARISONS.has(trace.role));
  }

  get #comparedNames(): string {
    return this.#compared.map(trace => trace.name).join(', ');
  }

  get #leftColumns(): Column[] {
    const traces = (this.#update?.traces ?? []).filter(trace => !COMPARISONS.has(trace.role));
    return [...this.#ring.spectra, ...traces].map(line => line.y);
  }

  readonly #stage: Stage;
  readonly #x: PlotAxis;
  readonly #y: PlotAxis;
  readonly #other = new PlotAxis(new LocalRange(), { fit: 'roomy' });
  readonly #ring = new SpectrumRing();
  readonly #picture = new SpectrumPicture();
  readonly #settings: SpectrumOptions;
  #update: SpectrumUpdate | null = null;
}
