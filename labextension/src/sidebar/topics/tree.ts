import type { Topic } from '../api/topics.js';
import type { PanelSettings } from '../settings.js';
import { Model } from '../state/model.js';
import type { TopicPlace } from '../topicplace.js';
import type { Favourites } from './favourites.js';
import { grouped, type TopicNode } from './grouping.js';
import type { Listing } from './listing.js';
import { matches, wordsOf } from './matching.js';
import { FAVOURITES, favouriteRows, rowsOf, type Row } from './rows.js';

/** With at most so many topics all groups are open at first. */
const FEW = 40;

/** The rows that are shown of the topics, and the one that has the focus. */
export class TopicTree extends Model {
  /** `favourites` is what their group is called. */
  constructor(
    private readonly listing: Listing,
    private readonly favourites: Favourites,
    private readonly settings: PanelSettings,
    private readonly favouritesLabel: string
  ) {
    super();
    for (const model of [listing, favourites, settings]) {
      model.changed.connect(() => {
        this.#lay();
      });
    }
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** How many topics there are to be found, and how many are not shown because they are internal. */
  get shown(): number {
    return this.#shown;
  }

  get hidden(): number {
    return this.#hidden;
  }

  /** What was typed to filter, and its words. */
  get filter(): string {
    return this.#filter;
  }

  get words(): readonly string[] {
    return this.#words;
  }

  setFilter(typed: string): void {
    this.#filter = typed;
    this.#words = wordsOf(typed);
    this.#lay();
  }

  /** The row that has the focus when the list gets it. */
  get active(): Row | null {
    return this.#rows.find(({ key }) => key === this.#active) ?? this.#rows.at(0) ?? null;
  }

  /** The topic that commands are about. */
  get activeTopic(): TopicPlace | null {
    const { active, listing } = this;
    return active?.kind === 'topic' && listing.cluster !== null
      ? { cluster: listing.cluster, topic: active.topic.name }
      : null;
  }

  activate(key: string): void {
    if (key !== this.#active) {
      this.#active = key;
      this.tell();
    }
  }

  /** Open or close a group. */
  setOpen(key: string, isOpen: boolean): void {
    this.#opened.set(key, isOpen);
    this.#lay();
  }

  #lay(): void {
    this.#forgetOtherCluster();
    const all = this.listing.topics ?? [];
    const { showInternal } = this.settings.values;
    const topics = showInternal ? all : all.filter(({ internal }) => !internal);
    this.#hidden = all.length - topics.length;
    const words = this.#words;
    const found = words.length === 0 ? topics : topics.filter(({ name }) => matches(name, words));
    this.#shown = found.length;
    this.#rows = words.length === 0 ? this.#tree(topics) : rowsOf(flat(found), () => true);
    this.tell();
  }

  /** Groups would only stand in the way of what was found: those rows are flat. */
  #tree(topics: readonly Topic[]): Row[] {
    const { groupByPrefix, separators } = this.settings.values;
    const nodes = groupByPrefix ? grouped(topics, separators) : flat(topics);
    const liked = topics.filter(({ name }) => this.favourites.has(name));
    return [
      ...favouriteRows(liked, this.favouritesLabel, this.#opened.get(FAVOURITES) ?? true),
      ...rowsOf(nodes, key => this.#opened.get(key) ?? topics.length <= FEW)
    ];
  }

  #forgetOtherCluster(): void {
    if (this.listing.cluster !== this.#cluster) {
      this.#cluster = this.listing.cluster;
      this.#opened.clear();
      this.#active = '';
    }
  }

  #rows: readonly Row[] = [];
  #shown = 0;
  #hidden = 0;
  #filter = '';
  #words: readonly string[] = [];
  #active = '';
  #cluster: string | null = null;
  readonly #opened = new Map<string, boolean>();
}

function flat(topics: readonly Topic[]): TopicNode[] {
  return topics.map(topic => ({ topic, label: topic.name }));
}
