import type { TranslationBundle } from '@jupyterlab/translation';

import {
  connectCall,
  connectLines,
  IMPORT,
  isConnected,
  type KernelFacts,
  type NamedCluster
} from './cellclusters.js';
import { canBeArgument, magicWord, pythonText } from './quoting.js';

/** How a watch can show what comes; none is no plot. */
export const PLOTS = ['auto', 'spectrum', 'waterfall', 'image', 'series', 'table', 'none'] as const;

export type Plot = (typeof PLOTS)[number];

/** Say whether something is a choice of plot. */
export function isPlot(value: unknown): value is Plot {
  return PLOTS.some(plot => plot === value);
}

/** Return how a choice of plot is called on the page. */
export function plotText(plot: Plot, trans: TranslationBundle): string {
  const texts: Readonly<Record<Plot, string>> = {
    auto: trans.__('Automatic'),
    spectrum: trans.__('Spectrum'),
    waterfall: trans.__('Waterfall'),
    image: trans.__('Image'),
    series: trans.__('Series'),
    table: trans.__('Table'),
    none: trans.__('No Plot')
  };
  return texts[plot];
}

/** Return the line that watches a topic. */
export function watchMagic(topic: string, plot: Plot = 'auto'): string {
  const options: Readonly<Partial<Record<Plot, string>>> = { auto: '', none: ' --no-plot' };
  return `%stream_watch ${magicWord(topic)}${options[plot] ?? ` --plot ${plot}`}`;
}

/** Return the call that watches a topic. */
function watchCall(topic: string, plot: Plot): string {
  const options: Readonly<Partial<Record<Plot, string>>> = { auto: '', none: ', plot=None' };
  return `js.watch(${pythonText(topic)}${options[plot] ?? `, plot=${pythonText(plot)}`})`;
}

/** Return a cell that watches a topic, with what its kernel lacks for that. */
export function watchCell(
  cluster: NamedCluster,
  topic: string,
  facts: KernelFacts,
  plot: Plot = 'auto'
): string {
  const lines = facts.isLoaded ? [] : ['%load_ext jupyter_stream'];
  if (!isConnected(facts, cluster)) {
    lines.push(...connectLines(cluster));
  }
  lines.push(...(canBeArgument(topic) ? [watchMagic(topic, plot)] : watchLines(topic, plot)));
  return lines.join('\n');
}

/** Return what watches a topic in Python. */
export function watchPython(cluster: NamedCluster, topic: string, plot: Plot = 'auto'): string {
  const [importing, ...watching] = watchLines(topic, plot);
  return [importing, '', connectCall(cluster), ...watching].join('\n');
}

function watchLines(topic: string, plot: Plot): readonly string[] {
  return [IMPORT, `watch = ${watchCall(topic, plot)}`, 'watch'];
}
