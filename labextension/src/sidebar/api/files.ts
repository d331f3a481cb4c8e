import type { PartitionChoice, Place } from './records.js';

/** A part of a partition that holds chunks of a file. */
export interface FileStretch {
  readonly partition: number;
  readonly first_offset: number;
  readonly last_offset: number;
}

/** A file that lies in a topic in chunks. */
export interface StreamFile {
  readonly path: string;
  /** The most it can be, while its last chunk is missing. */
  readonly bytes: number;
  readonly chunks: number;
  readonly received: number;
  /** The first and the last chunk of each gap. */
  readonly missing: readonly (readonly [number, number])[];
  readonly state: 'complete' | 'incomplete' | 'damaged';
  /** Whether each chunk has its hash; that of the whole is checked when it is asked for. */
  readonly verified: boolean;
  /** Where its chunks are. */
  readonly places: readonly FileStretch[];
  /** When its newest chunk came, in seconds since the epoch. */
  readonly newest: number;
  readonly sha512: string;
}

/** Which files are asked for. */
export interface FilesQuestion {
  readonly from?: Place;
  readonly partition?: PartitionChoice;
  readonly limit?: number;
  /** A page next to one that was had: at most one of the two. */
  readonly before?: string;
  readonly after?: string;
}

/** Some files, and the way to older ones. */
export interface FilesPage {
  readonly files: readonly StreamFile[];
  /** How many records were no chunks, and how many were chunks that cannot be used. */
  readonly other_records: number;
  readonly damaged_records: number;
  readonly scanned_bytes: number;
  readonly complete: boolean;
  readonly before: string | null;
  readonly after: string;
}

/** Which file's bytes are asked for. */
export interface FileChoice {
  readonly sha512: string;
  /** Its stretches: `partition:first-last`. */
  readonly places: readonly string[];
}
