import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

/** A document that tells when it is saved. */
export interface Saved {
  readonly saveState: ISignal<unknown, string>;
}

/** What can make renderers; the output area has one that knows the notebook's widgets. */
export interface Rendermime {
  createRenderer(mimeType: string): IRenderMime.IRenderer;
  getFactory(mimeType: string): object | undefined;
}

/** Return the nearest widget around another that is of a kind. */
export function ancestor<T extends Widget>(
  widget: Widget,
  is: (candidate: Widget) => candidate is T
): T | null {
  for (let around = widget.parent; around !== null; around = around.parent) {
    if (is(around)) {
      return around;
    }
  }
  return null;
}

export function hasContext(widget: Widget): widget is Widget & { readonly context: Saved } {
  return 'context' in widget;
}

export function hasRendermime(
  widget: Widget
): widget is Widget & { readonly rendermime: Rendermime } {
  return 'rendermime' in widget;
}
