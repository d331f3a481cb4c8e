import { LabIcon } from '@jupyterlab/ui-components';

import gotoSvg from '../../../style/icons/goto.svg';

/** Shows where something is. */
export const gotoIcon = new LabIcon({ name: 'jupyter-stream:goto', svgstr: gotoSvg });
