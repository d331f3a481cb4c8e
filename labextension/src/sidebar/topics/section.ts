import type { Section } from '../section.js';
import type { TopicsWidget } from './topicswidget.js';

/** The tab of the topics. */
export function topicsSection(widget: TopicsWidget): Section {
  return { id: 'topics', label: trans => trans.__('Topics'), make: () => widget };
}
