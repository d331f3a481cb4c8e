import type { Surroundings } from '../surroundings.js';
import { Favourites } from './favourites.js';
import { FiguresModel } from './figures.js';
import { Listing } from './listing.js';
import { paneState, type PaneState } from './panestate.js';
import { TopicTree } from './tree.js';

/** Everything that the topics' part of the panel knows. */
export class TopicsModel {
  constructor(readonly around: Surroundings) {
    const { api, clusters, memory, settings, trans } = around;
    this.listing = new Listing(api, clusters);
    this.favourites = new Favourites(memory);
    this.tree = new TopicTree(this.listing, this.favourites, settings, trans.__('Favourites'));
    this.figures = new FiguresModel(api, () => 1000 * settings.values.refreshSeconds);
    this.listing.changed.connect(() => {
      this.#follow();
    });
    this.#follow();
  }

  readonly listing: Listing;
  readonly favourites: Favourites;
  readonly tree: TopicTree;
  readonly figures: FiguresModel;

  get state(): PaneState {
    const { clusters } = this.around;
    return paneState({
      isKnown: clusters.known !== null,
      chosen: clusters.chosen,
      doing: clusters.doing,
      brokerFailure: clusters.brokerFailure,
      mayStart: clusters.known?.may_start_local ?? false,
      clustersFailure: clusters.failure,
      topicsFailure: this.listing.failure,
      topics: this.listing.topics?.length ?? null,
      hidden: this.tree.hidden,
      shown: this.tree.shown
    });
  }

  /** Ask while somebody looks. */
  setActive(isActive: boolean): void {
    this.around.clusters.setActive(isActive);
    this.listing.setActive(isActive);
    this.figures.setActive(isActive);
  }

  /** Ask for everything anew. */
  refresh(): void {
    this.around.clusters.refresh();
    this.listing.refresh();
    this.figures.refresh();
  }

  #follow(): void {
    const { cluster } = this.listing;
    if (cluster !== this.#cluster && cluster !== null) {
      this.#cluster = cluster;
      void this.favourites.use(cluster);
    }
  }

  #cluster: string | null = null;
}
