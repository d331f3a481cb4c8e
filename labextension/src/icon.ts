import { LabIcon } from '@jupyterlab/ui-components';

import streamSvg from '../style/icons/stream.svg';

/** A spectrum on its axis. */
export const streamIcon = new LabIcon({ name: 'jupyter-stream:stream', svgstr: streamSvg });
