import type { WidgetModel } from '@jupyter-widgets/base';

/** Statuses after which nothing that was in the kernel's memory is there any more. */
const ENDS = new Set(['restarting', 'autorestarting', 'terminating', 'dead']);

interface KernelSignal<Args> {
  connect(slot: (sender: unknown, args: Args) => void): void;
  disconnect(slot: (sender: unknown, args: Args) => void): void;
}

/** The kernel as JupyterLab's widget managers show it; those of other front ends may have none. */
interface KernelHolder {
  readonly kernel?: {
    readonly statusChanged: KernelSignal<string>;
    readonly disposed: KernelSignal<unknown>;
  } | null;
}

/**
 * Call a function when a model's kernel ends, until the returned function is called.
 *
 * Widgets hear of a restart, but not of a kernel that crashed or was shut down.
 */
export function watchKernel(model: WidgetModel, ended: () => void): () => void {
  const { kernel } = model.widget_manager as KernelHolder;
  const judge = (_sender: unknown, status: string) => {
    if (ENDS.has(status)) {
      ended();
    }
  };
  const judgeModel = () => {
    if (!model.comm_live) {
      ended();
    }
  };
  kernel?.statusChanged.connect(judge);
  kernel?.disposed.connect(ended);
  model.on('comm_live_update', judgeModel);
  return () => {
    kernel?.statusChanged.disconnect(judge);
    kernel?.disposed.disconnect(ended);
    model.off('comm_live_update', judgeModel);
  };
}
