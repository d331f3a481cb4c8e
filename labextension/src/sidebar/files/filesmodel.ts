import type { StreamApi } from '../api/client.js';
import { asFailure, type Failure } from '../api/failure.js';
import type { FilesPage, StreamFile } from '../api/files.js';
import { Model } from '../state/model.js';
import type { TopicPlace } from '../topicplace.js';
import { isGrowing, merged } from './streamfiles.js';

/** What the model asks. */
export type FilesApi = Pick<StreamApi, 'files' | 'fileAddress'>;

const NONE = { other_records: 0, damaged_records: 0 };

/** How many files a page has. */
const PAGE = 50;

/** How often files that grow are looked at again, in milliseconds. */
const AGAIN_MS = 5000;

/** More rows than this are too many to look through. */
export const MOST_FILES = 1000;

/** The files in a topic, the newest first: page by page, those that grow kept up to date. */
export class FilesModel extends Model {
  constructor(
    private readonly place: TopicPlace,
    private readonly api: FilesApi
  ) {
    super();
  }

  get files(): readonly StreamFile[] {
    return this.#files;
  }

  /** What is under way: the first page, or an older one. */
  get loading(): 'first' | 'older' | null {
    return this.#loading;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Whether a page was had. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Whether there may be older files, and room for them. */
  get hasOlder(): boolean {
    return this.#before !== null && this.#files.length < MOST_FILES;
  }

  /** How many bytes the cluster was read for what is shown. */
  get scannedBytes(): number {
    return this.#scannedBytes;
  }

  /** How many records were no chunks, and how many were damaged ones. */
  get others(): Pick<FilesPage, 'other_records' | 'damaged_records'> {
    return this.#others;
  }

  /** Forget what is known, and look at the newest files. */
  async refresh(): Promise<void> {
    this.#files = [];
    this.#before = null;
    this.#scannedBytes = 0;
    this.#others = NONE;
    await this.#load('first');
  }

  async loadOlder(): Promise<void> {
    if (this.#loading === null && this.#before !== null) {
      await this.#load('older', this.#before);
    }
  }

  /** Keep files that grow up to date while somebody looks. */
  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    clearTimeout(this.#timer);
    if (isActive && !this.#isKnown) {
      void this.refresh();
    } else if (isActive) {
      this.#plan();
    }
  }

  close(): void {
    this.setActive(false);
    this.#control.abort();
  }

  async #load(what: 'first' | 'older', before?: string): Promise<void> {
    this.#control.abort();
    const control = new AbortController();
    this.#control = control;
    this.#loading = what;
    this.#failure = null;
    this.tell();
    await this.#ask(
      control.signal,
      page => {
        this.#before = page.before;
        this.#isKnown = true;
      },
      before
    );
    if (!control.signal.aborted) {
      this.#loading = null;
      this.tell();
      this.#plan();
    }
  }

  async #ask(
    signal: AbortSignal,
    taken: (page: FilesPage) => void,
    before?: string
  ): Promise<void> {
    const { cluster, topic } = this.place;
    const question = before === undefined ? { from: 'newest' as const } : { before };
    try {
      const page = await this.api.files(cluster, topic, { ...question, limit: PAGE }, signal);
      if (!signal.aborted) {
        this.#take(page);
        taken(page);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#failure = asFailure(error);
      }
    }
  }

  #take(page: FilesPage): void {
    this.#files = merged(this.#files, page.files);
    this.#scannedBytes += page.scanned_bytes;
    const { other_records, damaged_records } = this.#others;
    this.#others = {
      other_records: other_records + page.other_records,
      damaged_records: damaged_records + page.damaged_records
    };
  }

  /** Look again at the newest page while a file of it grows. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#isActive && this.#files.some(isGrowing)) {
      this.#timer = setTimeout(() => void this.#again(), AGAIN_MS);
    }
  }

  async #again(): Promise<void> {
    if (this.#loading === null) {
      const { signal } = this.#control;
      await this.#ask(signal, page => {
        this.#before ??= page.before;
      });
      if (signal.aborted) {
        return;
      }
      this.tell();
    }
    this.#plan();
  }

  #files: readonly StreamFile[] = [];
  #before: string | null = null;
  #scannedBytes = 0;
  #others = NONE;
  #loading: 'first' | 'older' | null = null;
  #failure: Failure | null = null;
  #isKnown = false;
  #isActive = false;
  #control = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
}
