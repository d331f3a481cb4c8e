import type { StreamApi } from '../api/client.js';
import type { FormatChoice, PartitionChoice, RecordsQuestion } from '../api/records.js';
import type { SearchedPart } from '../api/tail.js';
import { type Bounds, readCursor, writeCursor } from './cursor.js';
import { FOUND_AT_ONCE, PAGE } from './limits.js';
import type { Page, PageQuestion } from './pager.js';
import type { SearchPlace } from './search.js';
import type { Socket } from './socket.js';

/** What a page of records needs of the server. */
export type RecordsApi = Pick<
  StreamApi,
  'records' | 'record' | 'preview' | 'valueAddress' | 'export' | 'tail' | 'search' | 'topic'
>;

/** Which records of a topic are looked at, and how. */
export interface Look {
  readonly partition: PartitionChoice;
  readonly as: FormatChoice;
}

/** Asks the server about one topic, with places in place of cursors. */
export class TopicQuestions {
  constructor(
    readonly api: RecordsApi,
    readonly cluster: string,
    readonly topic: string
  ) {}

  async page(question: PageQuestion, look: Look, signal: AbortSignal): Promise<Page> {
    const { api, cluster, topic } = this;
    const asked = { ...(await packed(question)), ...look, limit: PAGE };
    const page = await api.records(cluster, topic, asked, signal);
    const [before, after] = await Promise.all([placeOf(page.before), placeOf(page.after)]);
    return {
      records: page.records,
      before,
      after: after ?? new Map<number, number>(),
      scannedBytes: page.scanned_bytes,
      complete: page.complete
    };
  }

  async tail(from: Bounds, look: Look): Promise<Socket> {
    const after = await writeCursor(from);
    return this.api.tail(this.cluster, this.topic, { after, ...look });
  }

  search(text: string, parts: readonly SearchedPart[], place: SearchPlace, look: Look): Socket {
    const limit = FOUND_AT_ONCE;
    return this.api.search(this.cluster, this.topic, { text, in: parts, limit, ...place, ...look });
  }
}

async function packed({ from, before, after }: PageQuestion): Promise<RecordsQuestion> {
  if (before !== undefined) {
    return { before: await writeCursor(before) };
  }
  return after === undefined ? { from } : { after: await writeCursor(after) };
}

function placeOf(cursor: string | null): Promise<Map<number, number> | null> {
  return cursor === null || cursor === '' ? Promise.resolve(null) : readCursor(cursor);
}
