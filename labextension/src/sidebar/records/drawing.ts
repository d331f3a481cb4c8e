import { type ColourMapName, colours } from '../../plots/drawing/colourmaps.js';
import type { Preview } from '../api/records.js';

const COLOUR_MAP: ColourMapName = 'Viridis';

/** How much of a line's colour is below the line. */
const SHADE = 0.16;

const CELL = 12;
const MOST_COLUMNS = 3;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Draw what a value looks like over the whole of a canvas, in the colours of the page. */
export function drawPreview(canvas: HTMLCanvasElement, preview: Preview): void {
  const size = { width: canvas.clientWidth, height: canvas.clientHeight };
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.scale(ratio, ratio);
    draw(context, size, preview);
  }
}

function draw(context: CanvasRenderingContext2D, size: Size, preview: Preview): void {
  switch (preview.kind) {
    case 'spectrum':
      drawLine(context, size, preview.x, preview.y);
      break;
    case 'image':
      drawImage(context, size, preview.shape, preview.data);
      break;
    case 'table':
      drawTable(context, size, preview.columns, preview.rows);
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  size: Size,
  x: readonly number[] | null,
  y: readonly (number | null)[]
): void {
  const colour = getComputedStyle(context.canvas).color;
  const across = scaled(x ?? y.map((_, index) => index), 0, size.width);
  const up = scaled(y, size.height - 2, 2);
  const path = new Path2D();
  across.forEach((place, index) => {
    if (Number.isFinite(place) && Number.isFinite(up[index])) {
      path.lineTo(place, up[index]);
    }
  });
  const shade = new Path2D(path);
  shade.lineTo(size.width, size.height);
  shade.lineTo(0, size.height);
  context.fillStyle = context.strokeStyle = colour;
  context.globalAlpha = SHADE;
  context.fill(shade);
  context.globalAlpha = 1;
  context.lineWidth = 1.2;
  context.lineJoin = 'round';
  context.stroke(path);
}

/** Map values from the least to the greatest to places. */
function scaled(values: readonly (number | null)[], from: number, to: number): number[] {
  const [low, high] = rangeOf(values);
  const span = high - low || 1;
  return values.map(value => (value === null ? NaN : from + ((value - low) / span) * (to - from)));
}

/** The least and the greatest of the values that are numbers. */
export function rangeOf(values: readonly (number | null)[]): readonly [number, number] {
  const numbers = values.filter((value): value is number => Number.isFinite(value));
  return numbers.length === 0 ? [0, 0] : [Math.min(...numbers), Math.max(...numbers)];
}

function drawImage(
  context: CanvasRenderingContext2D,
  size: Size,
  [height, width]: readonly [number, number],
  data: string
): void {
  const map = colours(COLOUR_MAP);
  const pixels = Uint32Array.from(atob(data), sign => map[sign.charCodeAt(0)]);
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  const picture = new OffscreenCanvas(width, height);
  picture.getContext('2d')?.putImageData(image, 0, 0);
  const scale = Math.min(size.width / width, size.height / height);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, width * scale, height * scale);
}

function drawTable(
  context: CanvasRenderingContext2D,
  size: Size,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[]
): void {
  const style = getComputedStyle(context.canvas);
  const shown = columns.slice(0, MOST_COLUMNS);
  const width = size.width / shown.length;
  context.fillStyle = style.color;
  context.globalAlpha = SHADE;
  context.fillRect(0, 0, size.width, CELL);
  context.globalAlpha = 1;
  context.textBaseline = 'middle';
  context.fillStyle = style.getPropertyValue('--jp-ui-font-color1');
  [columns, ...rows].slice(0, Math.floor(size.height / CELL)).forEach((cells, row) => {
    context.font = `${row === 0 ? '600 ' : ''}9px ${style.fontFamily}`;
    shown.forEach((_, column) => {
      const cell = { x: column * width, y: row * CELL, width };
      drawCell(context, cell, cellText(cells[column]));
    });
  });
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawCell(context: CanvasRenderingContext2D, { x, y, width }: Cell, text: string): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width - 2, CELL);
  context.clip();
  context.fillText(text, x + 2, y + CELL / 2 + 0.5);
  context.restore();
}

/** Write a cell of a table; one that is missing is empty. */
export function cellText(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return cell === undefined ? '' : text;
}
