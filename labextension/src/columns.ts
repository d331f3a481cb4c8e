import { count, type Fields, fields, list, text, WireError } from './wire.js';

/** Arrays that BokehJS draws from without a copy. */
export type Column =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;

interface ColumnType {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): Column;
}

/** Types by the name that NumPy gives to the little-endian ones. */
const TYPES = new Map<string, ColumnType>([
  ['<f4', Float32Array],
  ['<f8', Float64Array],
  ['|i1', Int8Array],
  ['<i2', Int16Array],
  ['<i4', Int32Array],
  ['|u1', Uint8Array],
  ['<u2', Uint16Array],
  ['<u4', Uint32Array]
]);

/** Read the columns that a header describes, as views of the data that follow it. */
export function readColumns(header: Fields, data: Uint8Array<ArrayBuffer>): Column[] {
  return list(header, 'columns', item => readColumn(fields(item, 'column'), data));
}

function readColumn(column: Fields, data: Uint8Array<ArrayBuffer>): Column {
  const dtype = text(column, 'dtype');
  const type = TYPES.get(dtype);
  if (type === undefined) {
    throw new WireError(`dtype "${dtype}" is unknown`);
  }
  const offset = count(column, 'offset');
  const length = readLength(column);
  if (offset + length * type.BYTES_PER_ELEMENT > data.byteLength) {
    throw new WireError('a column reaches beyond the end of its frame');
  }
  if (offset % type.BYTES_PER_ELEMENT !== 0) {
    throw new WireError('a column starts between two items');
  }
  return new type(data.buffer, data.byteOffset + offset, length);
}

function readLength(column: Fields): number {
  const shape = list(column, 'shape', item => count({ shape: item }, 'shape'));
  if (shape.length !== 1) {
    throw new WireError(`a column has ${shape.length} dimensions instead of 1`);
  }
  return shape[0];
}
