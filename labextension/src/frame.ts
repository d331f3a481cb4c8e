import { type Card, readCard } from './card.js';
import { type Column, readColumns } from './columns.js';
import { count, type Fields, fields, flag, list, text, WireError } from './wire.js';

const LENGTH_BYTES = 4;
const ALIGNMENT = 8;

/** One spectrum of a plot; serials grow from spectrum to spectrum. */
export interface Spectrum {
  readonly serial: number;
  readonly label: string;
  readonly x: Column;
  readonly y: Column;
}

/** The texts of a plot, and the spectra that are new on it. */
export interface PlotUpdate {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** How many spectra are shown. */
  readonly capacity: number;
  readonly spectra: readonly Spectrum[];
}

/** One message of news from the kernel. */
export interface Frame {
  readonly sequence: number;
  /** When the kernel sent it, in seconds since 1970. */
  /** Whether it holds everything, and what came before is void. */
  readonly reset: boolean;
  readonly card: Card;
  readonly plot: PlotUpdate | null;
}

/**
 * Read a frame; its arrays are views of the bytes.
 *
 * Throws a `WireError` when the bytes are no frame.
 */
export function decodeFrame(bytes: DataView): Frame {
  const aligned = alignedBytes(bytes);
  const headerEnd = LENGTH_BYTES + headerLength(aligned);
  const header = readHeader(aligned.subarray(LENGTH_BYTES, headerEnd));
  const dataStart = Math.ceil(headerEnd / ALIGNMENT) * ALIGNMENT;
  const columns = readColumns(header, aligned.subarray(dataStart));
  return {
    sequence: count(header, 'sequence'),
    reset: flag(header, 'reset'),
    card: readCard(header.card),
    plot: header.plot === null ? null : readPlot(header.plot, columns)
  };
}

/** Typed arrays need their place in the buffer aligned, which a socket's message seldom is. */
function alignedBytes(bytes: DataView): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset % ALIGNMENT === 0) {
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function headerLength(bytes: Uint8Array<ArrayBuffer>): number {
  if (bytes.byteLength < LENGTH_BYTES) {
    throw new WireError('a frame is shorter than its length field');
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (LENGTH_BYTES + length > bytes.byteLength) {
    throw new WireError('a header reaches beyond the end of its frame');
  }
  return length;
}

function readHeader(bytes: Uint8Array): Fields {
  try {
    return fields(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), 'header');
  } catch (error) {
    if (error instanceof WireError) {
      throw error;
    }
    throw new WireError('a header is no JSON in UTF-8', { cause: error });
  }
}

function readPlot(value: unknown, columns: readonly Column[]): PlotUpdate {
  const plot = fields(value, 'plot');
  return {
    title: text(plot, 'title'),
    xLabel: text(plot, 'x_label'),
    yLabel: text(plot, 'y_label'),
    capacity: count(plot, 'capacity'),
    spectra: list(plot, 'spectra', item => readSpectrum(item, columns))
  };
}

function readSpectrum(value: unknown, columns: readonly Column[]): Spectrum {
  const spectrum = fields(value, 'spectrum');
  const x = pick(columns, count(spectrum, 'x'));
  const y = pick(columns, count(spectrum, 'y'));
  if (x.length !== y.length) {
    throw new WireError(`a spectrum has ${x.length} x values and ${y.length} y values`);
  }
  return { serial: count(spectrum, 'serial'), label: text(spectrum, 'label'), x, y };
}

function pick(columns: readonly Column[], index: number): Column {
  const column = columns.at(index);
  if (column === undefined) {
    throw new WireError(`column ${index} is missing`);
  }
  return column;
}
