const OLDEST = 0.08;
const NEWEST = 0.5;

/** Opacities for a number of spectra, oldest first: the older, the fainter. */
export function fadingAlphas(count: number): number[] {
  const step = (NEWEST - OLDEST) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => NEWEST - step * (count - 1 - index));
}
