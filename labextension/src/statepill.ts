import type { JobState } from './card.js';
import { element, setText } from './elements.js';

const NAMES: Readonly<Record<JobState | 'ended', string>> = {
  starting: 'Starting',
  waiting: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  failed: 'Failed',
  ended: 'Ended'
};

/** A job's state as a colour and a word. */
export class StatePill {
  readonly node = element('span', 'jp-StreamPill');

  /** Show a state; `ended` is that of a job whose kernel has gone. */
  show(state: JobState | 'ended', hasTrouble = false): void {
    this.node.dataset.state = state;
    this.node.dataset.trouble = String(hasTrouble);
    setText(this.node, NAMES[state]);
  }
}
