import type { Section } from '../section.js';
import { JobsModel } from './jobsmodel.js';
import { JobsWidget } from './jobswidget.js';

/** The tab of the jobs. */
export const jobsSection: Section = {
  id: 'jobs',
  label: trans => trans.__('Jobs'),
  make: around => new JobsWidget(new JobsModel(around.kernels), around)
};
