import type { Column } from '../../columns.js';
import { count, type Fields, fields, list, nullable, number, text } from '../../wire.js';
import { column, type CommonUpdate, type Points, points, readCommon } from '../common.js';

/** One spectrum of a plot; serials grow from spectrum to spectrum. */
export interface Spectrum extends Points {
  readonly serial: number;
  readonly label: string;
}

/** A spectrum as it comes: without an axis it has that of the spectrum that came before. */
export interface SentSpectrum extends Omit<Spectrum, 'x'> {
  readonly x: Column | null;
}

/** A line that the kernel computed: its role tells from what. */
export interface Trace extends Points {
  readonly role: string;
  readonly name: string;
  /** Of a reference, in which slot it is kept, from 1 on; else 0. */
  readonly slot: number;
}

/** What a line is called beside others: a reference is often a reduction of before. */
export function spokenName(trace: Trace): string {
  return trace.slot > 0 ? `reference ${trace.slot}: ${trace.name}` : trace.name;
}

export interface Peak {
  readonly centre: number;
  readonly height: number;
  readonly fwhm: number | null;
}

/** The texts of a plot of spectra, what is computed from them, and the spectra that are new. */
export interface SpectrumUpdate extends CommonUpdate {
  readonly kind: 'spectrum';
  readonly xLabel: string;
  readonly yLabel: string;
  /** How many spectra are shown. */
  readonly capacity: number;
  readonly spectra: readonly SentSpectrum[];
  readonly traces: readonly Trace[];
  readonly peaks: readonly Peak[];
}

/** Read the header of a plot of spectra. */
export function readSpectra(plot: Fields, columns: readonly Column[]): SpectrumUpdate {
  return {
    ...readCommon(plot),
    kind: 'spectrum',
    xLabel: text(plot, 'x_label'),
    yLabel: text(plot, 'y_label'),
    capacity: count(plot, 'capacity'),
    spectra: list(plot, 'spectra', item => readSpectrum(fields(item, 'spectrum'), columns)),
    traces: list(plot, 'traces', item => readTrace(fields(item, 'trace'), columns)),
    peaks: list(plot, 'peaks', item => readPeak(fields(item, 'peak')))
  };
}

function readSpectrum(spectrum: Fields, columns: readonly Column[]): SentSpectrum {
  const line =
    spectrum.x === null
      ? { x: null, y: column(spectrum, 'y', columns) }
      : points(spectrum, columns);
  return {
    ...line,
    serial: count(spectrum, 'serial'),
    label: text(spectrum, 'label')
  };
}

function readTrace(trace: Fields, columns: readonly Column[]): Trace {
  return {
    ...points(trace, columns),
    role: text(trace, 'role'),
    name: text(trace, 'name'),
    slot: count(trace, 'slot')
  };
}

function readPeak(peak: Fields): Peak {
  return {
    centre: number(peak, 'centre'),
    height: number(peak, 'height'),
    fwhm: nullable(peak, 'fwhm', number)
  };
}
