import type { Place } from '../api/records.js';

/** From where a topic is shown. */
export type Start =
  | { readonly kind: 'newest' }
  | { readonly kind: 'earliest' }
  | { readonly kind: 'offset'; readonly offset: number }
  /** A time in seconds since the epoch. */
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'ago'; readonly seconds: number };

/** Return a start as the server reads it; `now` is in seconds since the epoch. */
export function placeOf(start: Start, now: number): Place {
  switch (start.kind) {
    case 'offset':
      return `offset:${start.offset}`;
    case 'time':
      return `time:${start.time}`;
    case 'ago':
      return `time:${now - start.seconds}`;
    default:
      return start.kind;
  }
}

/** Say whether the newest record stands first. */
export function isDownwards(start: Start): boolean {
  return start.kind === 'newest';
}

/** Write a time in the form of the field for times, in the user's time zone. */
export function fieldOfTime(seconds: number): string {
  const local = new Date(seconds * 1000);
  local.setMinutes(local.getMinutes() - local.getTimezoneOffset());
  return local.toISOString().slice(0, 19);
}

/** Read the field for times; null if there is none in it. */
export function timeOfField(text: string): number | null {
  const milliseconds = new Date(text).getTime();
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

/** Read the field for offsets; null if there is none in it. */
export function offsetOfField(text: string): number | null {
  const digits = text.trim().replaceAll(',', '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
