import type { ISessionContext } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';

/** A cell to insert, as notebooks are saved. */
export interface NewCell {
  readonly cell_type: 'code';
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The cells of a notebook, which others may edit too. */
export interface SharedCells {
  insertCell(index: number, cell: NewCell): unknown;
}

/** A cell on the page. */
export interface CellWidget extends Widget {
  readonly model: {
    readonly id: string;
    readonly type: string;
    readonly sharedModel: { getSource(): string; setSource(source: string): void };
  };
}

/** A notebook on the page, as far as it is used: the package with its types is a large one. */
export interface NotebookWidget extends Widget {
  readonly sessionContext: ISessionContext;
  readonly context: { readonly path: string; readonly ready: Promise<void> };
  readonly content: Widget & {
    readonly model: { readonly sharedModel: SharedCells } | null;
    readonly widgets: readonly CellWidget[];
    activeCellIndex: number;
    deselectAll(): void;
    /** Not in older versions. */
    scrollToItem?(index: number, align: 'center' | 'auto'): Promise<void>;
  };
}

/** Say whether something on the page is a notebook. */
export function isNotebook(widget: Widget | null | undefined): widget is NotebookWidget {
  const { context, content, sessionContext } = (widget ?? {}) as Partial<NotebookWidget>;
  return (
    context?.path.endsWith('.ipynb') === true &&
    sessionContext !== undefined &&
    typeof content?.activeCellIndex === 'number'
  );
}
