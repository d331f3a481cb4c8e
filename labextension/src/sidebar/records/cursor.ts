/** A place between the records of a topic: of each partition the first offset behind it. */
export type Bounds = ReadonlyMap<number, number>;

/** Read a place as the server writes it: JSON, compressed and as base64. */
export async function readCursor(cursor: string): Promise<Map<number, number>> {
  const packed = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(packed, sign => sign.charCodeAt(0));
  const json = await new Response(through(bytes, new DecompressionStream('deflate'))).text();
  const offsets = JSON.parse(json) as Record<string, number>;
  return new Map(Object.entries(offsets).map(([partition, offset]) => [Number(partition), offset]));
}

/** Write a place as the server reads it. */
export async function writeCursor(bounds: Bounds): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(bounds)));
  const packed = await new Response(through(bytes, new CompressionStream('deflate'))).arrayBuffer();
  const signs = Array.from(new Uint8Array(packed), byte => String.fromCharCode(byte));
  return btoa(signs.join('')).replaceAll('+', '-').replaceAll('/', '_');
}

/** Say whether two places are the same. */
export function areSame(one: Bounds, other: Bounds): boolean {
  return (
    one.size === other.size &&
    [...one].every(([partition, offset]) => other.get(partition) === offset)
  );
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream().pipeThrough(stream);
}
