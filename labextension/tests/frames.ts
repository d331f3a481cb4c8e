/** A card as the kernel sends it. */
export const CARD = {
  name: 'spectra',
  kind: 'watch',
  state: 'running',
  reason: null,
  trouble: null,
  files: 12,
  records: 36,
  bytes: 4096,
  files_per_second: 3.5,
  bytes_per_second: 1024.5,
  lag: null,
  latest: 'a/b.xdi',
  skipped: 1,
  errors: 0,
  files_total: null,
  content_bytes: 4000,
  content_bytes_total: null,
  seconds_left: null,
  duplicates: 0,
  unfinished: 0,
  lost: 0,
  results: 11,
  records_per_second: 10.5,
  topics: ['spectra'],
  plot_choice: 'spectrum: one-dimensional',
  files_in_progress: [{ path: 'a/c.xdi', received: 10, total: null }]
};

export const PROBLEMS = [{ title: 'no chunk', detail: 'offset 3', count: 1 }];

/** A plot with two spectra over one axis. */
export const SPECTRA = {
  kind: 'spectrum',
  label: 'fourth',
  total: 4,
  fresh: 2,
  settings: { reduction: 'none' },
  traces: [],
  peaks: [],
  title: 'Spectra',
  x_label: 'Energy (eV)',
  y_label: 'Counts',
  capacity: 20,
  spectra: [
    { serial: 3, label: 'third', x: 0, y: 1 },
    { serial: 4, label: 'fourth', x: 0, y: 2 }
  ]
};

const ARRAYS = [
  new Float64Array([1, 2, 3]),
  new Float32Array([4, 5, 6]),
  new Float32Array([7, 8, 9]),
  new Float32Array([0])
];

const DTYPES = ['<f8', '<f4', '<f4', '<f4'];
const COLUMN_BYTES = 24;

/** Pack a frame with four columns, by the format's description. */
export function packFrame(changes: object): DataView<ArrayBuffer> {
  const columns = ARRAYS.map((array, index) => ({
    dtype: DTYPES[index],
    shape: [array.length],
    offset: index * COLUMN_BYTES
  }));
  const header = {
    sequence: 7,
    reset: true,
    card: CARD,
    problems: PROBLEMS,
    transport: 'comm',
    behind: null,
    columns,
    ...changes
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const end = start + (ARRAYS.length - 1) * COLUMN_BYTES + 4;
  const bytes = new Uint8Array(end);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  ARRAYS.forEach((array, index) => {
    bytes.set(new Uint8Array(array.buffer), start + index * COLUMN_BYTES);
  });
  return new DataView(bytes.buffer);
}
