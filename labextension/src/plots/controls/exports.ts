import type { ExportFormat, PlotOwner } from '../plot.js';

import type { MenuItem } from './menu.js';

const NAMES: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', npz: 'NPZ', hdf5: 'HDF5' };

/** What exports the data of a plot. */
export function exportItems(owner: PlotOwner): MenuItem[] {
  return Object.entries(NAMES).map(([format, name]) => ({
    name: `Data as ${name}`,
    title: `Save the data shown, with topic, partition and offset of each item, as ${name}`,
    chosen: () => {
      owner.export(format as ExportFormat);
    }
  }));
}
