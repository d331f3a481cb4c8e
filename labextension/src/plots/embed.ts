import type { BokehItem, BokehLibrary } from '../bokeh.js';
import { element } from '../elements.js';

import type { CommonUpdate } from './common.js';
import { FramedPlot } from './framedplot.js';
import { ImageKind } from './image/kind.js';
import type { Plot, PlotOwner } from './plot.js';
import type { FramedKind } from './scene.js';
import { SeriesKind } from './series/kind.js';
import { SpectrumKind } from './spectrum/kind.js';
import { Stage } from './stage.js';
import type { PlotKind, PlotUpdate } from './update.js';
import { WaterfallKind } from './waterfall/kind.js';

type FramedName = Exclude<PlotKind, 'table'>;

type Maker<Name> = (
  stage: Stage,
  node: HTMLElement,
  owner: PlotOwner
) => FramedKind<Extract<PlotUpdate, { kind: Name }>>;

const MAKERS: { readonly [Name in FramedName]: Maker<Name> } = {
  image: (stage, node, owner) => new ImageKind(stage, node, owner),
  series: (stage, _node, owner) => new SeriesKind(stage, owner),
  spectrum: (stage, _node, owner) => new SpectrumKind(stage, owner),
  waterfall: (stage, _node, owner) => new WaterfallKind(stage, owner)
};

/** Embed a figure, for a kind of plot that has one, in a host that is on the page. */
export async function embedFramed(
  kind: FramedName,
  library: BokehLibrary,
  item: BokehItem,
  host: HTMLElement,
  owner: PlotOwner
): Promise<Plot> {
  const node = element('div', 'jp-StreamPlot-stage');
  host.append(node);
  const stage = await Stage.embed(library, item, node);
  const made = MAKERS[kind](stage, node, owner) as FramedKind<CommonUpdate>;
  return new FramedPlot(host, node, stage, made, owner);
}
