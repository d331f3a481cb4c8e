import type { Column } from '../../columns.js';
import { WireError } from '../../wire.js';

import type { SentSpectrum, Spectrum, SpectrumUpdate } from './update.js';

/** The last spectra of a plot, in the order of their serials. */
export class SpectrumRing {
  /** Oldest first; never changed, but replaced. */
  get spectra(): readonly Spectrum[] {
    return this.#spectra;
  }

  /** Forget all spectra. */
  clear(): void {
    this.#spectra = [];
    this.#axis = null;
  }

  /**
   * Take in new spectra; beyond the plot's capacity the oldest leave.
   *
   * Throws a `WireError` when one that comes without an axis has nothing to share one with.
   */
  add(update: Pick<SpectrumUpdate, 'capacity' | 'spectra'>): void {
    const bySerial = new Map(this.#spectra.map(spectrum => [spectrum.serial, spectrum]));
    for (const spectrum of update.spectra) {
      bySerial.set(spectrum.serial, this.#withAxis(spectrum));
    }
    const ordered = [...bySerial.values()].sort((one, other) => one.serial - other.serial);
    this.#spectra = ordered.slice(Math.max(0, ordered.length - update.capacity));
  }

  #withAxis(spectrum: SentSpectrum): Spectrum {
    const x = spectrum.x ?? this.#axis;
    if (x?.length !== spectrum.y.length) {
      throw new WireError('a spectrum came without its axis');
    }
    this.#axis = x;
    return { ...spectrum, x };
  }

  #spectra: readonly Spectrum[] = [];
  #axis: Column | null = null;
}
