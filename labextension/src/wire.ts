/** What the kernel sent is not what this version understands. */
export class WireError extends Error {}

export type Fields = Readonly<Record<string, unknown>>;

/** Take a value as an object. */
export function fields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WireError(`${name} is no object`);
  }
  return value as Fields;
}

/** Take a field as a list, each item of it read by `read`. */
export function list<T>(from: Fields, name: string, read: (item: unknown) => T): T[] {
  const value = from[name];
  if (!Array.isArray(value)) {
    throw new WireError(`${name} is no list`);
  }
  return value.map(read);
}

/** Take a field as a text. */
export function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') {
    throw new WireError(`${name} is no text`);
  }
  return value;
}

/** Take a field as a finite number. */
export function number(from: Fields, name: string): number {
  const value = from[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new WireError(`${name} is no number`);
  }
  return value;
}

/** Take a field as a whole number from 0 on. */
export function count(from: Fields, name: string): number {
  const value = number(from, name);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new WireError(`${name} is ${value}, which is no count`);
  }
  return value;
}

/** Take a field as true or false. */
export function flag(from: Fields, name: string): boolean {
  const value = from[name];
  if (typeof value !== 'boolean') {
    throw new WireError(`${name} is neither true nor false`);
  }
  return value;
}

/** Take a field that may be null. */
export function nullable<T>(
  from: Fields,
  name: string,
  read: (from: Fields, name: string) => T
): T | null {
  return from[name] === null ? null : read(from, name);
}
