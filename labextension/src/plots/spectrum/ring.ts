import type { Spectrum, SpectrumUpdate } from './update.js';

/** The last spectra of a plot, in the order of their serials. */
export class SpectrumRing {
  /** Oldest first; never changed, but replaced. */
  get spectra(): readonly Spectrum[] {
    return this.#spectra;
  }

  /** Forget all spectra. */
  clear(): void {
    this.#spectra = [];
  }

  /** Take in new spectra; beyond the plot's capacity the oldest leave. */
  add(update: Pick<SpectrumUpdate, 'capacity' | 'spectra'>): void {
    const bySerial = new Map(this.#spectra.map(spectrum => [spectrum.serial, spectrum]));
    for (const spectrum of update.spectra) {
      bySerial.set(spectrum.serial, spectrum);
    }
    const ordered = [...bySerial.values()].sort((one, other) => one.serial - other.serial);
    this.#spectra = ordered.slice(Math.max(0, ordered.length - update.capacity));
  }

  #spectra: readonly Spectrum[] = [];
}
