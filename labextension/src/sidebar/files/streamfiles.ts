import type { FileChoice, StreamFile } from '../api/files.js';

/** Return what a file is known by within its topic: the same path may come again. */
export function nameOfFile({ path, sha512 }: StreamFile): string {
  return `${sha512}/${path}`;
}

/** Join files with what was told of some of them later, the newest first. */
export function merged(
  known: readonly StreamFile[],
  told: readonly StreamFile[]
): readonly StreamFile[] {
  const files = new Map([...known, ...told].map(file => [nameOfFile(file), file]));
  return [...files.values()].sort((one, other) => other.newest - one.newest);
}

/** A file whose last chunk came longer ago does not grow any more: seconds. */
const GROWS = 60;

/** Say whether a file may get more chunks soon. */
export function isGrowing(file: StreamFile): boolean {
  return file.state === 'incomplete' && Date.now() / 1000 - file.newest < GROWS;
}

/** Return how a file's bytes are asked for. */
export function choiceOf({ sha512, places }: StreamFile): FileChoice {
  return {
    sha512,
    places: places.map(place => `${place.partition}:${place.first_offset}-${place.last_offset}`)
  };
}

/** Say in short which chunks are missing: 3, 7–12. */
export function missingText({ missing }: StreamFile): string {
  return missing
    .map(([first, last]) => (first === last ? String(first) : `${first}–${last}`))
    .join(', ');
}

/** Return how much of a file is there, from 0 to 1. */
export function shareOf({ received, chunks }: StreamFile): number {
  return chunks === 0 ? 0 : received / chunks;
}

/** The parts of a bar that stand for missing chunks, from 0 to 1. */
export function gapsOf({ missing, chunks }: StreamFile): readonly (readonly [number, number])[] {
  return missing.map(([first, last]) => [(first - 1) / chunks, last / chunks] as const);
}
