import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { StreamApi } from './api/client.js';
import { JupyterTransport } from './api/jupyter.js';
import { ClustersModel } from './clusters/clustersmodel.js';
import { addCommands, offerCommands } from './commands.js';
import { TopicOpener } from './detail/opentopic.js';
import { LabKernels } from './jobs/labkernels.js';
import { addNotebookCommands } from './notebook/commands.js';
import { IntoNotebook } from './notebook/intonotebook.js';
import { StreamPanel } from './panel.js';
import { PanelSettings } from './settings.js';
import { Memory } from './state/memory.js';
import type { Surroundings } from './surroundings.js';
import { TopicsModel } from './topics/topicsmodel.js';
import { TopicsWidget } from './topics/topicswidget.js';

const ID = 'jupyter-stream:sidebar';

/** Below the panels that JupyterLab brings along. */
const RANK = 900;

/** Adds the panel of streams, the tabs of topics, and their commands. */
export const sidebarPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Adds the panel of streams to the left sidebar.',
  autoStart: true,
  optional: [ICommandPalette, ILayoutRestorer, ISettingRegistry, IStateDB, ITranslator, ILabShell],
  activate
};

function activate(
  app: JupyterFrontEnd,
  palette: ICommandPalette | null,
  restorer: ILayoutRestorer | null,
  registry: ISettingRegistry | null,
  state: IStateDB | null,
  translator: ITranslator | null,
  labShell: ILabShell | null
): void {
  const around = surroundingsOf(app, state, translator ?? nullTranslator);
  const panel = new StreamPanel(new TopicsWidget(new TopicsModel(around)), around);
  const opener = new TopicOpener(around, labShell !== null);
  addCommands({ around, panel, opener });
  addNotebookCommands(around, new IntoNotebook(around), () => panel.topics.model.tree.activeTopic);
  offerCommands(app, palette, around.trans.__('Streams'));
  app.shell.add(panel, 'left', { rank: RANK, type: 'Streams' });
  if (restorer !== null) {
    restorer.add(panel, panel.id);
    opener.restore(restorer);
  }
  void follow(around.settings, registry);
}

function surroundingsOf(
  app: JupyterFrontEnd,
  state: IStateDB | null,
  translator: ITranslator
): Surroundings {
  const api = new StreamApi(new JupyterTransport(app.serviceManager.serverSettings));
  const memory = new Memory(state);
  return {
    app,
    api,
    memory,
    trans: translator.load('jupyter_stream'),
    settings: new PanelSettings(),
    clusters: new ClustersModel(api, memory),
    kernels: new LabKernels(app)
  };
}

/** Without settings the panel has what the schema says. */
async function follow(settings: PanelSettings, registry: ISettingRegistry | null): Promise<void> {
  try {
    const kept = await registry?.load(ID);
    if (kept !== undefined) {
      settings.follow(kept);
    }
  } catch (error) {
    console.warn('The settings of the panel of streams cannot be had:', error);
  }
}
