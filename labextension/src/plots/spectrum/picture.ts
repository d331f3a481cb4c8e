import type { Palette } from '../../palette.js';
import type { Fields } from '../../wire.js';
import { write } from '../backdrop.js';
import { type Envelope, envelopeOf } from '../drawing/envelope.js';
import { fillBetween, type Mapping, type Pen, strokeBars, strokeLine } from '../drawing/lines.js';
import { formatValue } from '../drawing/ticks.js';
import { packed, Veil } from '../drawing/veil.js';
import { drawLegend, type LegendEntry } from '../legend.js';
import type { PlotAxis } from '../plotaxis.js';
import { type DataCanvas, mapping } from '../stage.js';

import { fadingAlphas } from './fading.js';
import { type Peak, type Spectrum, spokenName, type Trace } from './update.js';

/** What is on a picture of spectra. */
export interface SpectrumContent {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** For differences and ratios, which have other magnitudes. */
  readonly other: PlotAxis;
  /** Oldest first. */
  readonly spectra: readonly Spectrum[];
  readonly traces: readonly Trace[];
  readonly peaks: readonly Peak[];
  readonly settings: Fields;
}

const ERRORS = new Set(['lower', 'upper']);
const LATEST_WIDTH = 1.6;
const TRACE_WIDTH = 2;
const COMPARISON_WIDTH = 1.3;
const HISTORY_WIDTH = 1;
/** References differ by more than their colours. */
const DASHES = [
  [6, 4],
  [2, 3],
  [10, 3, 2, 3],
  [12, 5]
];

/** Peaks whose names would stand in each other's way stay without. */
const PEAK_SPACING = 64;

/** Draws spectra: the older, the fainter, the newest in colour. */
export class SpectrumPicture {
  draw(pen: Pen, canvas: DataCanvas, content: SpectrumContent): void {
    const map = mapping(content.x, content.y, canvas);
    const older = content.spectra.slice(0, -1);
    const latest = content.spectra.at(-1);
    // Errors stand between the older ones and the newest.
    const isDense =
      (latest?.x.length ?? 0) >= canvas.width &&
      !content.traces.some(trace => ERRORS.has(trace.role));
    if (canvas.ratio === null) {
      strokeHistory(pen, older, map, canvas);
    } else {
      this.#veil(pen, older, isDense ? latest : undefined, canvas, canvas.ratio, content);
    }
    pen.lineJoin = 'round';
    drawErrors(pen, content, map, canvas);
    if (latest !== undefined && (canvas.ratio === null || !isDense)) {
      pen.strokeStyle = canvas.palette.latest;
      pen.lineWidth = LATEST_WIDTH;
      strokeLine(pen, latest.x, latest.y, map);
    }
    const other = mapping(content.x, content.other, canvas);
    drawLegend(pen, drawTraces(pen, content.traces, { left: map, right: other }, canvas), canvas);
    drawPeaks(pen, content.peaks, map, canvas);
  }

  /** Put the older spectra on the empty canvas, and the newest if it is given, too. */
  #veil(
    pen: Pen,
    older: readonly Spectrum[],
    newest: Spectrum | undefined,
    canvas: DataCanvas,
    ratio: number,
    axes: Pick<SpectrumContent, 'x' | 'y'>
  ): void {
    const width = Math.round(canvas.width * ratio);
    const height = Math.round(canvas.height * ratio);
    if (this.#canvas?.width !== width || this.#canvas.height !== height) {
      this.#canvas = new Veil(width, height);
    }
    const veil = this.#canvas;
    const envelope = this.#envelopes(canvas, ratio, axes);
    const [colour, opacity] = packed(canvas.palette.history);
    veil.clear(colour);
    fadingAlphas(older.length).forEach((alpha, index) => {
      veil.add(envelope(older[index]), alpha * opacity, HISTORY_WIDTH * ratio);
    });
    if (newest !== undefined) {
      veil.over(envelope(newest), ...packed(canvas.palette.latest), LATEST_WIDTH * ratio);
    }
    const bytes = new Uint8ClampedArray(veil.pixels.buffer);
    // The canvas is empty, so nothing of it is lost by putting pixels instead of drawing them.
    pen.putImageData(new ImageData(bytes, width, height), 0, 0);
  }

  /** Return what gives envelopes: those of before as long as no axis has moved. */
  #envelopes(
    canvas: DataCanvas,
    ratio: number,
    { x, y }: Pick<SpectrumContent, 'x' | 'y'>
  ): (spectrum: Spectrum) => Envelope {
    const version = JSON.stringify([
      ...[x.ends, x.scale.name, y.ends, y.scale.name],
      ...[canvas.width, canvas.height, ratio]
    ]);
    if (version !== this.#version) {
      this.#version = version;
      this.#known = new WeakMap();
    }
    const map = mapping(x, y, canvas, ratio);
    return spectrum => {
      const known = this.#known.get(spectrum) ?? envelopeOf(spectrum, map, this.#columns);
      this.#known.set(spectrum, known);
      return known;
    };
  }

  get #columns(): number {
    return this.#canvas?.width ?? 0;
  }

  #version = '';
  #known = new WeakMap<Spectrum, Envelope>();
  #canvas: Veil | null = null;
}

function strokeHistory(
  pen: Pen,
  spectra: readonly Spectrum[],
  map: Mapping,
  canvas: DataCanvas
): void {
  pen.save();
  pen.strokeStyle = canvas.palette.history;
  pen.lineWidth = HISTORY_WIDTH;
  fadingAlphas(spectra.length).forEach((alpha, index) => {
    pen.globalAlpha = alpha;
    strokeLine(pen, spectra[index].x, spectra[index].y, map);
  });
  pen.restore();
}

function drawErrors(pen: Pen, content: SpectrumContent, map: Mapping, canvas: DataCanvas): void {
  const lower = content.traces.find(trace => trace.role === 'lower');
  const upper = content.traces.find(trace => trace.role === 'upper');
  if (lower === undefined || lower.x.length !== upper?.x.length) {
    return;
  }
  const colour = content.traces.some(trace => trace.role === 'reduction')
    ? canvas.palette.reduction
    : canvas.palette.latest;
  pen.save();
  if (content.settings.errors === 'bars') {
    pen.strokeStyle = colour;
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1;
    strokeBars(pen, lower.x, lower.y, upper.y, map);
  } else {
    pen.fillStyle = colour;
    pen.globalAlpha = 0.22;
    fillBetween(pen, lower.x, lower.y, upper.y, map);
  }
  pen.restore();
}

function drawTraces(
  pen: Pen,
  traces: readonly Trace[],
  maps: { readonly left: Mapping; readonly right: Mapping },
  { palette }: DataCanvas
): LegendEntry[] {
  const looks: Readonly<Record<string, { colour: string; map: Mapping }>> = {
    reduction: { colour: palette.reduction, map: maps.left },
    reference: { colour: '', map: maps.left },
    difference: { colour: palette.comparison, map: maps.right },
    ratio: { colour: palette.comparison, map: maps.right }
  };
  const entries = [];
  pen.save();
  pen.lineWidth = TRACE_WIDTH;
  for (const trace of traces) {
    if (Object.hasOwn(looks, trace.role)) {
      const { map } = looks[trace.role];
      const kept = trace.slot > 0 ? trace.slot - 1 : null;
      const colour = kept === null ? looks[trace.role].colour : palette.references[kept];
      const dash = kept === null ? [] : DASHES[kept];
      pen.strokeStyle = colour;
      pen.lineWidth = map === maps.left ? TRACE_WIDTH : COMPARISON_WIDTH;
      pen.setLineDash(dash);
      strokeLine(pen, trace.x, trace.y, map);
      entries.push({ name: spokenName(trace), colour, dash });
    }
  }
  pen.restore();
  return entries;
}

function drawPeaks(
  pen: Pen,
  peaks: readonly Peak[],
  map: Mapping,
  { palette, width }: DataCanvas
): void {
  pen.save();
  pen.font = `11px ${palette.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'bottom';
  const named: number[] = [];
  for (const peak of [...peaks].sort((one, other) => other.height - one.height)) {
    const x = map.x(peak.centre);
    const y = Math.max(34, map.y(peak.height) - 4);
    pen.fillStyle = palette.reduction;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - 4, y - 7);
    pen.lineTo(x + 4, y - 7);
    pen.fill();
    if (named.every(place => Math.abs(place - x) >= PEAK_SPACING)) {
      named.push(x);
      const place = Math.min(width - 36, Math.max(36, x));
      writeClear(pen, palette, palette.text, shortNumber(peak.centre), place, y - 9);
      if (peak.fwhm !== null) {
        write(
          pen,
          palette.mutedText,
          `FWHM ${formatValue(peak.fwhm, peak.fwhm / 100)}`,
          place,
          y - 21
        );
      }
    }
  }
  pen.restore();
}

/** Write with an edge around the letters, so that they can be read before lines. */
function writeClear(
  pen: Pen,
  palette: Palette,
  colour: string,
  text: string,
  x: number,
  y: number
): void {
  pen.lineWidth = 3;
  pen.strokeStyle = palette.background;
  pen.strokeText(text, x, y);
  write(pen, colour, text, x, y);
}

function shortNumber(value: number): string {
  return formatValue(value, Math.abs(value) / 1e4 || 1);
}
