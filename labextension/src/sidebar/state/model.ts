import { Signal, type ISignal } from '@lumino/signaling';

/** Something that changes and tells so. */
export class Model {
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** How often it changed: what was seen at the same number is still so. */
  get version(): number {
    return this.#version;
  }

  protected tell(): void {
    this.#version += 1;
    this.#changed.emit();
  }

  #version = 0;
  readonly #changed = new Signal<this, void>(this);
}
