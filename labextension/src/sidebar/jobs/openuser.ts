import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { isNotebook, type NotebookWidget } from '../notebook/notebookwidget.js';
import type { KernelUser } from './kernelport.js';

/** So long a notice stays on the page, in milliseconds. */
const SHOWN = 5000;

/** Show the notebook or console that has a kernel, and in it a cell if that is known. */
export async function openUser(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  user: KernelUser,
  cell: string | null
): Promise<void> {
  const command = user.type === 'notebook' ? 'docmanager:open' : 'console:open';
  const args = user.type === 'notebook' ? { path: user.path } : { path: user.path, activate: true };
  const opened: unknown = await app.commands.execute(command, args);
  const widget = opened as Widget | undefined;
  if (cell !== null && isNotebook(widget)) {
    await widget.context.ready;
    showCell(widget, trans, cell);
  }
}

/** Show a cell, and make it the active one. */
function showCell({ content }: NotebookWidget, trans: TranslationBundle, id: string): void {
  const index = content.widgets.findIndex(({ model }) => model.id === id);
  const found = content.widgets.at(index);
  if (index < 0 || found === undefined) {
    const text = trans.__('The cell of the job is not in the notebook any more.');
    Notification.info(text, { autoClose: SHOWN });
    return;
  }
  content.deselectAll();
  content.activeCellIndex = index;
  if (content.scrollToItem === undefined) {
    found.node.scrollIntoView({ block: 'center' });
  } else {
    void content.scrollToItem(index, 'center').catch(() => undefined);
  }
}
