type Value = string | number | readonly string[] | undefined;

/** Join names to a path, whatever signs they hold. */
export function pathOf(...names: readonly (string | number)[]): string {
  return names.map(name => encodeURIComponent(name)).join('/');
}

/** Write parameters as the end of an address: lists with commas, without those undefined. */
export function queryOf(parameters: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters) as [string, Value][]) {
    if (value !== undefined) {
      query.set(name, value.toString());
    }
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}
