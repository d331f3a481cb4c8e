import { MimeData } from '@lumino/coreutils';
import { Drag } from '@lumino/dragdrop';

import type { TopicPlace } from '../topicplace.js';
import { BARE, type KernelFacts } from './cellclusters.js';
import type { IntoNotebook } from './intonotebook.js';
import type { NotebookWidget } from './notebookwidget.js';
import { watchCell } from './watchcells.js';

/** What notebooks take: cells as they are saved. */
const CELLS = 'application/vnd.jupyter.cells';

/**
 * Drag a topic; a notebook that it is dropped on gets a cell that watches it.
 *
 * What the cell has to hold depends on the kernel of that notebook. All are asked as the drag
 * begins, and have answered long before it ends.
 */
export function dragTopic(
  into: IntoNotebook,
  place: TopicPlace,
  x: number,
  y: number,
  row: HTMLElement
): void {
  const facts = new Map<NotebookWidget, KernelFacts>();
  for (const widget of into.active.all) {
    void into.factsOf(widget).then(known => facts.set(widget, known));
  }
  const target = new DropTarget(into.active.all);
  const mimeData = new CellData(() => {
    const widget = target.widget;
    const known = (widget && facts.get(widget)) ?? BARE;
    return watchCell(into.clusterNamed(place.cluster), place.topic, known);
  });
  const drag = new Drag({
    mimeData,
    dragImage: imageOf(place.topic),
    supportedActions: 'copy',
    proposedAction: 'copy',
    source: row
  });
  void drag.start(x, y).then(() => {
    target.stop();
    drag.dispose();
  });
}

/** The cell that is dragged; it is written when it is asked for. */
class CellData extends MimeData {
  constructor(private readonly source: () => string) {
    super();
    this.setData(CELLS, null);
  }

  override getData(mime: string): unknown {
    return mime === CELLS ? [cellOf(this.source())] : super.getData(mime);
  }
}

function cellOf(source: string): object {
  return { cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null };
}

/** Follows a drag, and knows over which notebook it is. */
class DropTarget {
  constructor(private readonly notebooks: readonly NotebookWidget[]) {
    document.addEventListener('lm-dragover', this.#follow, true);
    document.addEventListener('lm-drop', this.#follow, true);
  }

  widget: NotebookWidget | null = null;

  stop(): void {
    document.removeEventListener('lm-dragover', this.#follow, true);
    document.removeEventListener('lm-drop', this.#follow, true);
  }

  readonly #follow = (event: Event): void => {
    const { target } = event;
    const isOver = ({ node }: NotebookWidget): boolean =>
      target instanceof Node && node.contains(target);
    this.widget = this.notebooks.find(isOver) ?? null;
  };
}

function imageOf(topic: string): HTMLElement {
  const image = document.createElement('div');
  image.className = 'jp-StreamDragged';
  image.textContent = topic;
  return image;
}
