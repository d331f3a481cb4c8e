import { type Card, type Problem, readCard, readProblem } from './card.js';
import { readColumns } from './columns.js';
import { type PlotUpdate, readUpdate } from './plots/update.js';
import { count, type Fields, fields, flag, list, nullable, text, WireError } from './wire.js';

const LENGTH_BYTES = 4;
const ALIGNMENT = 8;

/** One message of news from the kernel. */
export interface Frame {
  readonly sequence: number;
  /** Whether it holds everything, and what came before is void. */
  readonly reset: boolean;
  /** Null while the job's numbers are those of the frame before. */
  readonly card: Card | null;
  /** What goes wrong, newest first; null while it is what it was. */
  readonly problems: readonly Problem[] | null;
  /** The way that it came. */
  readonly transport: string;
  readonly plot: PlotUpdate | null;
  /** How many items came since those of a plot that is held; null if it goes on. */
  readonly behind: number | null;
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
    card: header.card === null ? null : readCard(header.card),
    problems: header.problems === null ? null : list(header, 'problems', readProblem),
    transport: text(header, 'transport'),
    plot: header.plot === null ? null : readUpdate(header.plot, columns),
    behind: nullable(header, 'behind', count)
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
