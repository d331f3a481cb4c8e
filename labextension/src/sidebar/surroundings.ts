import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { StreamApi } from './api/client.js';
import type { ClustersModel } from './clusters/clustersmodel.js';
import type { LabKernels } from './jobs/labkernels.js';
import type { PanelSettings } from './settings.js';
import type { Memory } from './state/memory.js';

/** What every part of the sidebar finds around itself. */
export interface Surroundings {
  readonly app: JupyterFrontEnd;
  readonly api: StreamApi;
  readonly trans: TranslationBundle;
  readonly settings: PanelSettings;
  readonly memory: Memory;
  readonly clusters: ClustersModel;
  readonly kernels: LabKernels;
}
