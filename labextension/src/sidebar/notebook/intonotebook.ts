import { Clipboard, Notification } from '@jupyterlab/apputils';

import type { VariableChoice } from '../records/choice.js';
import type { Surroundings } from '../surroundings.js';
import type { TopicPlace } from '../topicplace.js';
import { ActiveNotebook } from './activenotebook.js';
import { BARE, type KernelFacts, type NamedCluster } from './cellclusters.js';
import { insertCell } from './insertcell.js';
import { askFacts } from './kernelfacts.js';
import type { NotebookWidget } from './notebookwidget.js';
import { fileCell, recordsCell, type WantedFile } from './recordcells.js';
import { askName } from './variabledialog.js';
import { type Plot, watchCell } from './watchcells.js';

const RUN = 'notebook:run-cell';

/** So long a notice stays on the page, in milliseconds. */
const SHOWN = 10_000;

const NEW = 'notebook:create-new';

/** Writes what is done in the panel as cells into the notebook that the user works in. */
export class IntoNotebook {
  readonly active: ActiveNotebook;

  constructor(private readonly around: Surroundings) {
    this.active = new ActiveNotebook(around.app);
  }

  /** Load the extension. */
  async load(): Promise<void> {
    await this.#write(facts => (facts.isLoaded ? '%stream_jobs' : '%load_ext jupyter_stream'));
  }

  /** Watch a topic. */
  async watch({ cluster, topic }: TopicPlace, plot: Plot): Promise<void> {
    await this.#write(facts => watchCell(this.clusterNamed(cluster), topic, facts, plot));
  }

  /** Make records a variable, under a name that the user is asked for. */
  async toVariable(choice: VariableChoice): Promise<void> {
    const asked = await askName(this.around.trans, choice.places?.length ?? null);
    if (asked === null) {
      return;
    }
    const cluster = this.clusterNamed(choice.cluster);
    const cell = (facts: KernelFacts): string =>
      recordsCell(asked.name, choice, asked.count, cluster, facts);
    if (asked.isCopied) {
      Clipboard.copyToSystem(cell(BARE));
    } else {
      await this.#write(cell);
    }
  }

  /** Make a file of a topic a variable. */
  async openFile({ cluster, topic }: TopicPlace, file: WantedFile): Promise<void> {
    const named = this.clusterNamed(cluster);
    await this.#write(facts => fileCell(topic, file, named, facts));
  }

  /** Return what is known of the kernel of a notebook. */
  async factsOf(widget: NotebookWidget): Promise<KernelFacts> {
    const kernel = widget.sessionContext.session?.kernel;
    const port = kernel ? this.around.kernels.connect(kernel.id) : null;
    return port === null ? BARE : askFacts(port);
  }

  /** Return a cluster with its address, as far as that is known. */
  clusterNamed(name: string): NamedCluster {
    const known = this.around.clusters.known?.clusters.find(cluster => cluster.name === name);
    return known ?? { name, bootstrap: null };
  }

  /** Return the notebook to write to; without one, say so, and what to do. */
  #notebook(): NotebookWidget | null {
    const { trans, app } = this.around;
    const { widget } = this.active;
    if (widget === null) {
      Notification.warning(trans.__('No notebook is open to put this into.'), {
        autoClose: SHOWN,
        actions: [
          {
            label: trans.__('New Notebook'),
            callback: () => void app.commands.execute(NEW, { kernelName: 'python3' })
          }
        ]
      });
      return null;
    }
    const kernel = widget.sessionContext.session?.kernel;
    if (kernel && !this.around.kernels.isOurs(kernel.name)) {
      Notification.warning(
        trans.__('The notebook %1 does not run Python: open one that does.', widget.title.label),
        { autoClose: SHOWN }
      );
      return null;
    }
    return widget;
  }

  async #write(source: (facts: KernelFacts) => string): Promise<void> {
    const widget = this.#notebook();
    if (widget === null) {
      return;
    }
    await widget.context.ready;
    await widget.sessionContext.ready;
    const text = source(await this.factsOf(widget));
    await this.active.show(widget);
    if (insertCell(widget, text)) {
      await this.around.app.commands.execute(RUN);
    }
  }
}
