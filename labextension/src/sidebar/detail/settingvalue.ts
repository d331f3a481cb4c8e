import { formatBytes, formatDuration } from '../../format.js';

/** From so many milliseconds or bytes on, and at -1, a setting means "without end". */
const ENDLESS = 9e15;

const NUMBER = /^-?\d+$/;

/** Say what the number of a setting means: a time, a size; null for other ones. */
export function meaningOf(name: string, value: string | null): string | null {
  const isTime = name.endsWith('.ms');
  if (value === null || !NUMBER.test(value) || !(isTime || name.endsWith('.bytes'))) {
    return null;
  }
  const number = Number(value);
  if (number === -1 || number > ENDLESS) {
    return '∞';
  }
  if (number < 0) {
    return null;
  }
  return isTime ? timeOf(number) : formatBytes(number);
}

function timeOf(milliseconds: number): string {
  return milliseconds % 1000 === 0
    ? formatDuration(milliseconds / 1000)
    : `${milliseconds}\u00a0ms`;
}
