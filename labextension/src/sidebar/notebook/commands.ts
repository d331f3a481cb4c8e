import { Clipboard, InputDialog } from '@jupyterlab/apputils';
import { copyIcon, notebookIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { COPY_MAGIC, COPY_PYTHON, LOAD, WATCH, WATCH_AS } from '../commandids.js';
import { placeIn } from '../commands.js';
import type { Surroundings } from '../surroundings.js';
import type { TopicPlace } from '../topicplace.js';
import type { VariableChoice } from '../records/choice.js';
import { setTopicDrag } from '../topics/rowdrag.js';
import { BARE } from './cellclusters.js';
import { OPEN_FILE, TO_VARIABLE } from './commandids.js';
import type { IntoNotebook } from './intonotebook.js';
import type { WantedFile } from './recordcells.js';
import { dragTopic } from './topicdrag.js';
import { isPlot, type Plot, PLOTS, plotText, watchCell, watchPython } from './watchcells.js';

type Args = ReadonlyPartialJSONObject;

/** Add what brings topics into notebooks; `activeTopic` tells what is meant without arguments. */
export function addNotebookCommands(
  around: Surroundings,
  into: IntoNotebook,
  activeTopic: () => TopicPlace | null
): void {
  const { trans, app } = around;
  const hasTopic = (args: Args): boolean => placeIn(args, activeTopic()) !== null;
  const about =
    (run: (place: TopicPlace, plot: Plot) => Promise<void> | void) =>
    async (args: Args): Promise<void> => {
      const place = placeIn(args, activeTopic());
      if (place !== null) {
        await run(place, isPlot(args.plot) ? args.plot : 'auto');
      }
    };
  app.commands.addCommand(WATCH, {
    label: trans.__('Watch in Active Notebook'),
    caption: trans.__('Put a cell that watches the topic into the active notebook, and run it'),
    icon: notebookIcon,
    isEnabled: hasTopic,
    execute: about((place, plot) => into.watch(place, plot))
  });
  app.commands.addCommand(WATCH_AS, {
    label: trans.__('Watch in Active Notebook as …'),
    caption: trans.__('Choose the plot, and watch the topic in the active notebook'),
    icon: notebookIcon,
    isEnabled: hasTopic,
    execute: about(async place => {
      const plot = await askPlot(around);
      if (plot !== null) {
        await into.watch(place, plot);
      }
    })
  });
  app.commands.addCommand(COPY_MAGIC, {
    label: trans.__('Copy as Magic'),
    caption: trans.__('Copy the magics that watch the topic'),
    icon: copyIcon,
    isEnabled: hasTopic,
    execute: about(({ cluster, topic }, plot) => {
      Clipboard.copyToSystem(watchCell(into.clusterNamed(cluster), topic, BARE, plot));
    })
  });
  app.commands.addCommand(COPY_PYTHON, {
    label: trans.__('Copy as Python'),
    caption: trans.__('Copy the Python that watches the topic'),
    icon: copyIcon,
    isEnabled: hasTopic,
    execute: about(({ cluster, topic }, plot) => {
      Clipboard.copyToSystem(watchPython(into.clusterNamed(cluster), topic, plot));
    })
  });
  app.commands.addCommand(LOAD, {
    label: trans.__('Load Streams in Active Notebook'),
    execute: () => into.load()
  });
  addChoiceCommands(around, into);
  setTopicDrag((place, x, y, row) => {
    dragTopic(into, place, x, y, row);
  });
}

/** What the views of records and files ask for; their arguments are the choice made there. */
function addChoiceCommands({ app, trans }: Surroundings, into: IntoNotebook): void {
  app.commands.addCommand(TO_VARIABLE, {
    label: trans.__('Records to a Variable …'),
    execute: args => into.toVariable(args as unknown as VariableChoice)
  });
  app.commands.addCommand(OPEN_FILE, {
    label: trans.__('Open File in Active Notebook'),
    execute: args => {
      const { file, ...place } = args as unknown as TopicPlace & { readonly file: WantedFile };
      return into.openFile(place, file);
    }
  });
}

async function askPlot({ trans }: Surroundings): Promise<Plot | null> {
  const texts = PLOTS.map(plot => plotText(plot, trans));
  const { value } = await InputDialog.getItem({
    title: trans.__('Watch as'),
    label: trans.__('Plot'),
    items: texts,
    okLabel: trans.__('Watch')
  });
  return PLOTS.find((_, index) => texts[index] === value) ?? null;
}
