import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

import { JobOutput, OUTPUT_TYPE } from './joboutput.js';

/** Lets an output of ours be shown by us, before the widget that stands in it would be. */
const extension: IRenderMime.IExtension = {
  id: 'jupyter-stream:output',
  description: 'Shows a live job, and the last picture of it where none is live.',
  rendererFactory: {
    safe: false,
    mimeTypes: [OUTPUT_TYPE],
    createRenderer: () => new JobOutput()
  },
  // Widgets have -10.
  rank: -20
};

export default extension;
