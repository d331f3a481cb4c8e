import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import { element } from './elements.js';
import { streamIcon } from './icon.js';

const OPEN = 'jupyter-stream:open';

/** Below the panels that JupyterLab brings along. */
const RANK = 900;

const STEPS = [
  { text: 'Load the extension in a notebook:', code: '%load_ext jupyter_stream' },
  { text: 'Watch a topic:', code: '%stream_watch TOPIC' }
];

/** The panel of streams, which so far says how to start one. */
class StreamSidebar extends Widget {
  constructor() {
    super();
    this.id = 'jupyter-stream-sidebar';
    this.addClass('jp-StreamSidebar');
    this.title.icon = streamIcon;
    this.title.caption = 'Streams';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Streams');
    this.node.append(
      element('h2', 'jp-StreamSidebar-heading', 'Streams'),
      element(
        'p',
        'jp-StreamSidebar-text',
        'This panel will list the topics of your cluster and the jobs that read and write them.'
      ),
      element('h3', 'jp-StreamSidebar-subheading', 'To start'),
      steps()
    );
  }
}

function steps(): HTMLOListElement {
  const list = element('ol', 'jp-StreamSidebar-steps');
  for (const step of STEPS) {
    const item = element('li', 'jp-StreamSidebar-step', step.text);
    item.append(element('code', 'jp-StreamSidebar-code', step.code));
    list.append(item);
  }
  return list;
}

/** Adds the sidebar, and the command that shows it. */
export const sidebarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-stream:sidebar',
  description: 'Adds the panel of streams to the left sidebar.',
  autoStart: true,
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ) => {
    const sidebar = new StreamSidebar();
    app.shell.add(sidebar, 'left', { rank: RANK, type: 'Streams' });
    restorer?.add(sidebar, sidebar.id);
    app.commands.addCommand(OPEN, {
      label: 'Show Streams',
      caption: 'Show the panel of streams',
      icon: streamIcon,
      execute: () => {
        app.shell.activateById(sidebar.id);
      }
    });
    palette?.addItem({ command: OPEN, category: 'Streams' });
  }
};
