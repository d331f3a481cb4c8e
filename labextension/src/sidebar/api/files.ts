import type { Place } from './records.js';

/** A file that lies in a topic in chunks. */
export interface StreamFile {
  readonly path: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly received: number;
  /** The first and the last chunk of each gap. */
  readonly missing: readonly (readonly [number, number])[];
  readonly state: 'complete' | 'incomplete' | 'damaged';
  readonly verified: boolean;
  readonly partition: number;
  readonly first_offset: number;
  readonly last_offset: number;
  /** When its newest chunk came, in seconds since the epoch. */
  readonly newest: number;
  readonly sha512: string;
}

/** Which files are asked for. */
export interface FilesQuestion {
  readonly from?: Place;
  readonly limit?: number;
  readonly before?: string;
}

/** Some files, and the way to older ones. */
export interface FilesPage {
  readonly files: readonly StreamFile[];
  readonly scanned_bytes: number;
  readonly complete: boolean;
  readonly before: string | null;
}

/** Which file's bytes are asked for. */
export interface FilePlace {
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  readonly sha512: string;
}
