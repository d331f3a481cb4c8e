/** Longer lines are shown as several, so that each has the same height. */
export const LINE = 160;

const BYTES_A_LINE = 16;

/** Cut a text into lines to be shown one under the other. */
export function linesOf(text: string, longest = LINE): readonly string[] {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    for (let start = 0; start < Math.max(1, line.length); start += longest) {
      lines.push(line.slice(start, start + longest));
    }
  }
  return lines;
}

/** How many lines hexadecimal digits take. */
export function hexLines(digits: string): number {
  return Math.ceil(digits.length / 2 / BYTES_A_LINE);
}

/** Return a line of 16 bytes: where it begins, the bytes, and the signs that they are. */
export function hexLine(digits: string, line: number): string {
  const start = line * BYTES_A_LINE;
  const bytes = digits.slice(2 * start, 2 * (start + BYTES_A_LINE)).match(/../g) ?? [];
  const halves = [bytes.slice(0, 8), bytes.slice(8)].map(half => half.join(' ').padEnd(23));
  const signs = bytes.map(byte => signOf(Number.parseInt(byte, 16))).join('');
  return `${start.toString(16).padStart(8, '0')}  ${halves.join('  ')}  ${signs}`;
}

function signOf(byte: number): string {
  return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·';
}
