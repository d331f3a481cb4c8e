import type { NotebookWidget } from './notebookwidget.js';

/**
 * Put a cell under the active one, and make it the active one; an empty cell is filled instead.
 *
 * Returns whether there was a notebook to put it into.
 */
export function insertCell({ content }: NotebookWidget, source: string): boolean {
  const { model } = content;
  if (model === null) {
    return false;
  }
  const at = content.activeCellIndex;
  const active = content.widgets.at(at)?.model;
  content.deselectAll();
  if (active?.type === 'code' && active.sharedModel.getSource().trim() === '') {
    active.sharedModel.setSource(source);
  } else {
    model.sharedModel.insertCell(at + 1, { cell_type: 'code', source, metadata: {} });
    content.activeCellIndex = at + 1;
  }
  return true;
}
