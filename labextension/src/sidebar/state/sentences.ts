/** Put one after the other what was told, each with a capital at the beginning and a full stop. */
export function sentences(...told: readonly (string | null | undefined)[]): string {
  return told
    .map(text => (text ? sentence(text) : ''))
    .filter(Boolean)
    .join(' ');
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
