import { hasEnded, type JobState } from './card.js';
import { element } from './elements.js';
import type { Command } from './messages.js';
import { icon, type IconName } from './plots/controls/icons.js';

interface Look {
  readonly label: string;
  readonly title: string;
  readonly icon: IconName;
}

const LOOKS: Readonly<Record<Command, Look>> = {
  pause: { label: 'Pause', title: 'Read nothing more until it is resumed', icon: 'pause' },
  resume: { label: 'Resume', title: 'Go on where it was paused', icon: 'play' },
  stop: { label: 'Stop', title: 'End this job for good', icon: 'stop' }
};

const WHY_DISABLED: Readonly<Record<'finished' | 'failed', string>> = {
  finished: 'This job has finished. Run the cell again to start another.',
  failed: 'This job has failed. Run the cell again to start another.'
};

/** The buttons by which a job is paused, resumed and stopped. */
export class CardButtons {
  readonly node = element('div', 'jp-StreamCard-buttons');

  /** Called with what a button asks for. */
  onCommand: (command: Command) => unknown = () => undefined;

  constructor() {
    this.node.append(this.#pauseResume, this.#stop);
    this.#pauseResume.addEventListener('click', () => {
      this.onCommand(this.#toggle);
    });
    this.#stop.addEventListener('click', () => {
      this.onCommand('stop');
    });
    dress(this.#stop, 'stop');
    dress(this.#pauseResume, this.#toggle);
  }

  /** Offer what can be done in a state. */
  show(state: JobState): void {
    this.#offer(state === 'paused' ? 'resume' : 'pause');
    if (hasEnded(state)) {
      this.disable(WHY_DISABLED[state as 'finished' | 'failed']);
    }
  }

  /** Offer nothing more, and say why. */
  disable(why: string): void {
    for (const button of [this.#pauseResume, this.#stop]) {
      button.disabled = true;
      button.title = why;
    }
  }

  #offer(toggle: 'pause' | 'resume'): void {
    if (toggle !== this.#toggle) {
      this.#toggle = toggle;
      dress(this.#pauseResume, toggle);
    }
  }

  #toggle: 'pause' | 'resume' = 'pause';
  readonly #pauseResume = element('button', 'jp-StreamButton');
  readonly #stop = element('button', 'jp-StreamButton');
}

function dress(button: HTMLButtonElement, command: Command): void {
  const { label, title, icon: name } = LOOKS[command];
  button.type = 'button';
  button.title = title;
  button.replaceChildren(icon(name), element('span', 'jp-StreamButton-label', label));
}
