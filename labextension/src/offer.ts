/** Offer a file to be kept, as the browser does. */
export function offer(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has to have begun before the address goes.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
