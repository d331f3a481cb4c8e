/** How a value is read. */
export type Format = 'json' | 'msgpack' | 'npy' | 'text' | 'bytes' | 'chunk';

/** How a value shall be read: as one format, or as what it looks like. */
export type FormatChoice = 'auto' | Format;

/** What a value is to people. */
export type ValueKind =
  'number' | 'spectrum' | 'image' | 'table' | 'mapping' | 'text' | 'bytes' | 'chunk' | 'empty';

/** A key, value or header, made readable. */
export interface Shown {
  readonly format: Format | 'empty';
  readonly text: string;
  /** Whether the text goes on. */
  readonly cut: boolean;
  /** Why it could not be decoded; the text is hexadecimal then. */
  readonly error: string | null;
  readonly kind: ValueKind;
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
}

/** A record of a topic. */
export interface StreamRecord {
  readonly partition: number;
  readonly offset: number;
  /** In seconds since the epoch. */
  readonly timestamp: number | null;
  readonly key: Shown;
  readonly value: Shown;
  readonly headers: readonly (readonly [string, Shown])[];
  readonly key_bytes: number | null;
  readonly value_bytes: number | null;
}

/** Where a topic is read from; times in seconds since the epoch. */
export type Place = 'newest' | 'earliest' | `offset:${number}` | `time:${number}`;

/** One partition, or all of them. */
export type PartitionChoice = number | 'all';

/** Which records are asked for. */
export interface RecordsQuestion {
  readonly from?: Place;
  readonly partition?: PartitionChoice;
  readonly limit?: number;
  /** A page next to one that was had: at most one of the two. */
  readonly before?: string;
  readonly after?: string;
  readonly as?: FormatChoice;
}

/** Some records, and the way to those next to them. */
export interface RecordsPage {
  readonly records: readonly StreamRecord[];
  readonly before: string | null;
  readonly after: string | null;
  readonly scanned_bytes: number;
  readonly complete: boolean;
}

/** What a value looks like, thinned so far that a thumbnail can be drawn. */
export type Preview =
  | {
      readonly kind: 'spectrum';
      readonly x: readonly number[] | null;
      readonly y: readonly number[];
    }
  | {
      readonly kind: 'image';
      /** Height and width. */
      readonly shape: readonly [number, number];
      readonly low: number;
      readonly high: number;
      /** One byte a pixel, as base64. */
      readonly data: string;
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | { readonly kind: 'none' };

/** A record to write. */
export interface NewRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly partition: number | null;
}

/** Which records are exported, and as what. */
export interface ExportQuestion {
  readonly format: 'csv' | 'jsonl' | 'parquet';
  readonly from: Place;
  readonly partition: PartitionChoice;
  readonly limit: number;
  readonly columns: readonly string[];
}
