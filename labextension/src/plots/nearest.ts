/** Return the index of the value nearest to another; -1 if there are no numbers. */
export function nearest(values: ArrayLike<number>, wanted: number): number {
  let found = -1;
  let least = Infinity;
  for (let index = 0; index < values.length; index += 1) {
    const distance = Math.abs(values[index] - wanted);
    if (distance < least) {
      least = distance;
      found = index;
    }
  }
  return found;
}
