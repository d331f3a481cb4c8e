import assert from 'node:assert/strict';
import { test } from 'node:test';

import { insertCell } from '../src/sidebar/notebook/insertcell.js';
import type { NewCell, NotebookWidget } from '../src/sidebar/notebook/notebookwidget.js';

/** A notebook with cells of these sources, the last one active. */
function notebook(...sources: string[]) {
  const cells = sources.map(source => ({
    model: {
      type: source.startsWith('#') ? 'markdown' : 'code',
      sharedModel: {
        getSource: () => source,
        setSource: (text: string) => {
          filled.push(text);
        }
      }
    }
  }));
  const filled: string[] = [];
  const inserted: [number, NewCell][] = [];
  const content = {
    model: {
      sharedModel: { insertCell: (at: number, cell: NewCell) => inserted.push([at, cell]) }
    },
    widgets: cells,
    activeCellIndex: cells.length - 1,
    deselectAll: () => undefined
  };
  return { widget: { content } as unknown as NotebookWidget, filled, inserted };
}

test('a cell is put under the active one, and becomes active', () => {
  const { widget, filled, inserted } = notebook('a = 1', 'b = 2');
  assert.ok(insertCell(widget, 'new'));
  assert.deepEqual(inserted, [[2, { cell_type: 'code', source: 'new', metadata: {} }]]);
  assert.deepEqual([filled, widget.content.activeCellIndex], [[], 2]);
});

test('an empty cell is filled, unless it is for text', () => {
  const empty = notebook('a = 1', ' \n');
  assert.ok(insertCell(empty.widget, 'new'));
  assert.deepEqual([empty.filled, empty.inserted], [['new'], []]);
  const markdown = notebook('#');
  assert.ok(insertCell(markdown.widget, 'new'));
  assert.equal(markdown.inserted.length, 1);
});

test('a notebook that is not loaded takes no cell', () => {
  const { widget } = notebook('');
  Object.assign(widget.content, { model: null });
  assert.ok(!insertCell(widget, 'new'));
});
