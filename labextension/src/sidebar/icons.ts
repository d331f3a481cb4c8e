import { LabIcon } from '@jupyterlab/ui-components';

import filledSvg from '../../style/icons/star-filled.svg';
import starSvg from '../../style/icons/star.svg';

/** What is no favourite, and can be made one. */
export const starIcon = new LabIcon({ name: 'jupyter-stream:star', svgstr: starSvg });

/** A favourite. */
export const starFilledIcon = new LabIcon({
  name: 'jupyter-stream:star-filled',
  svgstr: filledSvg
});
