import { jobsSection } from './jobs/section.js';
import type { Section } from './section.js';
import { topicsSection } from './topics/section.js';
import type { TopicsWidget } from './topics/topicswidget.js';

/** The tabs of the panel, in their order. */
export function sectionsOf(topics: TopicsWidget): readonly Section[] {
  return [topicsSection(topics), jobsSection];
}
