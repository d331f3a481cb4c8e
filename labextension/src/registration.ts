import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IJupyterWidgetRegistry } from '@jupyter-widgets/base';

import description from '../package.json';

/** Makes the stream widget known; its code is fetched when a notebook shows the first one. */
export const widgetPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-stream:widget',
  description: 'Shows a job of jupyter_stream as a card with its live plot.',
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  activate: (_app: JupyterFrontEnd, registry: IJupyterWidgetRegistry) => {
    registry.registerWidget({
      name: description.name,
      version: description.version,
      exports: async () => {
        const { StreamModel, StreamView } = await import('./widget.js');
        return { StreamModel, StreamView };
      }
    });
  }
};
