import type { BrokerAction, Cluster, Clusters } from './clusters.js';
import type { FileChoice, FilesPage, FilesQuestion } from './files.js';
import { pathOf, queryOf } from './path.js';
import type {
  ExportQuestion,
  FormatChoice,
  NewRecord,
  Preview,
  RecordsPage,
  RecordsQuestion,
  StreamRecord
} from './records.js';
import type { SearchQuestion, TailQuestion } from './tail.js';
import type { ConsumerGroups, FiguresOfTopics, TopicDetail, TopicList } from './topics.js';
import type { Asked, Transport } from './transport.js';

/** How many topics one question for figures may name. */
export const MOST_FIGURES = 100;

/**
 * Asks the server extension.
 *
 * Every question throws a `Failure` that tells why there is no answer; one that was given up by its
 * signal throws the signal's reason.
 */
export class StreamApi {
  constructor(private readonly transport: Transport) {}

  clusters(signal?: AbortSignal): Promise<Clusters> {
    return this.#json('clusters', { signal });
  }

  /** Start or stop the local broker; it goes on starting after the answer. */
  broker(action: BrokerAction): Promise<Cluster> {
    return this.#json('clusters/local/broker', { method: 'POST', body: { action } });
  }

  /** List the topics; a fresh list is not one of the last seconds. */
  topics(cluster: string, isFresh: boolean, signal?: AbortSignal): Promise<TopicList> {
    const query = queryOf({ fresh: isFresh ? 1 : undefined });
    return this.#json(`${pathOf('clusters', cluster, 'topics')}${query}`, { signal });
  }

  /** Tell how much is in topics, of which there may be `MOST_FIGURES`. */
  figures(
    cluster: string,
    topics: readonly string[],
    signal?: AbortSignal
  ): Promise<FiguresOfTopics> {
    const path = pathOf('clusters', cluster, 'figures');
    return this.#json(path, { method: 'POST', body: { topics }, signal });
  }

  topic(cluster: string, topic: string, signal?: AbortSignal): Promise<TopicDetail> {
    return this.#json(topicPath(cluster, topic), { signal });
  }

  groups(cluster: string, topic: string, signal?: AbortSignal): Promise<ConsumerGroups> {
    return this.#json(topicPath(cluster, topic, 'groups'), { signal });
  }

  records(
    cluster: string,
    topic: string,
    question: RecordsQuestion,
    signal?: AbortSignal
  ): Promise<RecordsPage> {
    return this.#json(topicPath(cluster, topic, 'records') + queryOf(question), { signal });
  }

  /** One record with much more of its text. */
  record(
    cluster: string,
    topic: string,
    partition: number,
    offset: number,
    as: FormatChoice = 'auto',
    signal?: AbortSignal
  ): Promise<StreamRecord> {
    const path = topicPath(cluster, topic, 'records', partition, offset);
    return this.#json(path + queryOf({ as }), { signal });
  }

  preview(
    cluster: string,
    topic: string,
    partition: number,
    offset: number,
    points: number,
    signal?: AbortSignal
  ): Promise<Preview> {
    const path = topicPath(cluster, topic, 'records', partition, offset, 'preview');
    return this.#json(path + queryOf({ points }), { signal });
  }

  /** The address of a record's value as it came. */
  valueAddress(cluster: string, topic: string, partition: number, offset: number): string {
    const path = topicPath(cluster, topic, 'records', partition, offset, 'value');
    return this.transport.address(path);
  }

  /** Write a record, where the server allows it. */
  async produce(cluster: string, topic: string, record: NewRecord): Promise<void> {
    const path = topicPath(cluster, topic, 'records');
    await this.transport.ask(path, { method: 'POST', body: record });
  }

  /** Records as a file of another format. */
  async export(
    cluster: string,
    topic: string,
    question: ExportQuestion,
    signal?: AbortSignal
  ): Promise<Blob> {
    const path = topicPath(cluster, topic, 'export');
    const answer = await this.transport.ask(path, { method: 'POST', body: question, signal });
    return answer.blob();
  }

  files(
    cluster: string,
    topic: string,
    question: FilesQuestion,
    signal?: AbortSignal
  ): Promise<FilesPage> {
    return this.#json(topicPath(cluster, topic, 'files') + queryOf(question), { signal });
  }

  /** The address of a file that is put together from its chunks. */
  fileAddress(cluster: string, topic: string, file: FileChoice): string {
    const path = topicPath(cluster, topic, 'files', 'content');
    return this.transport.address(path + queryOf(file));
  }

  /** The socket of a live tail; what goes over it is in `tail.ts`. */
  tail(cluster: string, topic: string, question: TailQuestion): WebSocket {
    return this.transport.socket(topicPath(cluster, topic, 'tail') + queryOf(question));
  }

  /** The socket of a search; what goes over it is in `tail.ts`. */
  search(cluster: string, topic: string, question: SearchQuestion): WebSocket {
    return this.transport.socket(topicPath(cluster, topic, 'search') + queryOf(question));
  }

  async #json<Answer>(path: string, asked: Asked): Promise<Answer> {
    const answer = await this.transport.ask(path, asked);
    return (await answer.json()) as Answer;
  }
}

function topicPath(cluster: string, topic: string, ...rest: readonly (string | number)[]): string {
  return pathOf('clusters', cluster, 'topics', topic, ...rest);
}
