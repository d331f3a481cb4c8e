import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';

/** A widget of React's that knows whether it can be seen: only then its figures are asked for. */
export abstract class SeenWidget extends ReactWidget {
  /** Called when the widget comes into sight and when it goes out of it. */
  protected abstract onSeen(isSeen: boolean): void;

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    document.addEventListener('visibilitychange', this.#look);
    this.#look();
  }

  protected override onBeforeDetach(message: Message): void {
    document.removeEventListener('visibilitychange', this.#look);
    this.#setSeen(false);
    super.onBeforeDetach(message);
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#look();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.#look();
  }

  readonly #look = (): void => {
    this.#setSeen(this.isVisible && document.visibilityState === 'visible');
  };

  #setSeen(isSeen: boolean): void {
    if (isSeen !== this.#isSeen) {
      this.#isSeen = isSeen;
      this.onSeen(isSeen);
    }
  }

  #isSeen = false;
}
