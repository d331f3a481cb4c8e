import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { Model } from './state/model.js';

/** What users set; the schema tells what each is for. */
export interface PanelValues {
  readonly showInternal: boolean;
  readonly groupByPrefix: boolean;
  readonly separators: string;
  readonly refreshSeconds: number;
}

/** The same as in the schema, for where there are no settings. */
export const DEFAULTS: PanelValues = {
  showInternal: false,
  groupByPrefix: true,
  separators: '.-_',
  refreshSeconds: 2
};

/** The settings of the panel. */
export class PanelSettings extends Model {
  get values(): PanelValues {
    return this.#values;
  }

  /** Follow what JupyterLab keeps. */
  follow(kept: ISettingRegistry.ISettings): void {
    const read = (): void => {
      this.#take(kept.composite);
    };
    this.#kept = kept;
    kept.changed.connect(read);
    read();
  }

  /** Change a setting, and keep it where settings are kept. */
  async set<Name extends keyof PanelValues>(name: Name, value: PanelValues[Name]): Promise<void> {
    this.#take({ [name]: value });
    await this.#kept?.set(name, value);
  }

  #take(values: Partial<PanelValues>): void {
    this.#values = { ...this.#values, ...values };
    this.tell();
  }

  #values = DEFAULTS;
  #kept: ISettingRegistry.ISettings | null = null;
}
