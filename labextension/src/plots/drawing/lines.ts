/** What is drawn with: a canvas, or its stand-in that writes SVG. */
export type Pen = CanvasRenderingContext2D;

/** Where values lie on the canvas: x linearly, y by any function. */
export interface Mapping {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/**
 * Lay a line through points; values that are not finite leave a gap.
 *
 * Of the points in one column of pixels only the first, the extremes and the last are kept, so
 * the picture is the same and the path short.
 */
export function tracePath(
  pen: Pen,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  map: Mapping
): void {
  let column = NaN;
  let low = 0;
  let high = 0;
  let last = 0;
  let isOpen = false;
  const flush = () => {
    if (isOpen && low !== high) {
      pen.lineTo(column, low);
      pen.lineTo(column, high);
      pen.lineTo(column, last);
    }
  };
  for (let index = 0; index < xs.length; index += 1) {
    const x = map.x(xs[index]);
    const y = map.y(ys[index]);
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      flush();
      isOpen = false;
    } else if (isOpen && Math.abs(x - column) < 0.5) {
      low = y < low ? y : low;
      high = y > high ? y : high;
      last = y;
    } else {
      flush();
      if (isOpen) {
        pen.lineTo(x, y);
      } else {
        pen.moveTo(x, y);
      }
      isOpen = true;
      column = x;
      low = high = last = y;
    }
  }
  flush();
}

/** Draw a line through points. */
export function strokeLine(
  pen: Pen,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  map: Mapping
): void {
  pen.beginPath();
  tracePath(pen, xs, ys, map);
  pen.stroke();
}

/** Fill what lies between two lines over one axis. */
export function fillBetween(
  pen: Pen,
  xs: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  map: Mapping
): void {
  pen.beginPath();
  for (let start = 0; start < xs.length;) {
    let end = start;
    while (end < xs.length && isDrawable(map, xs[end], lower[end], upper[end])) {
      end += 1;
    }
    for (let index = start; index < end; index += 1) {
      pen[index === start ? 'moveTo' : 'lineTo'](map.x(xs[index]), map.y(upper[index]));
    }
    for (let index = end - 1; index >= start; index -= 1) {
      pen.lineTo(map.x(xs[index]), map.y(lower[index]));
    }
    if (end > start) {
      pen.closePath();
    }
    start = end + 1;
  }
  pen.fill();
}

/** Draw bars from one line to another, so far apart that each can be seen. */
export function strokeBars(
  pen: Pen,
  xs: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  map: Mapping
): void {
  let last = -Infinity;
  pen.beginPath();
  for (let index = 0; index < xs.length; index += 1) {
    const x = map.x(xs[index]);
    if (
      Math.abs(x - last) >= BAR_SPACING &&
      isDrawable(map, xs[index], lower[index], upper[index])
    ) {
      const [low, high] = [map.y(lower[index]), map.y(upper[index])];
      pen.moveTo(x, low);
      pen.lineTo(x, high);
      pen.moveTo(x - 2, low);
      pen.lineTo(x + 2, low);
      pen.moveTo(x - 2, high);
      pen.lineTo(x + 2, high);
      last = x;
    }
  }
  pen.stroke();
}

const BAR_SPACING = 8;

function isDrawable(map: Mapping, x: number, lower: number, upper: number): boolean {
  return (
    Number.isFinite(map.x(x)) && Number.isFinite(map.y(lower)) && Number.isFinite(map.y(upper))
  );
}
