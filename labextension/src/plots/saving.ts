import type { Axes } from './backdrop.js';
import { write } from './backdrop.js';
import type { Pen } from './drawing/lines.js';
import type { Scene, Stage } from './stage.js';

/** Room for the title above a saved picture, which the page shows beside the tools. */
const TITLE_HEIGHT = 26;

/** Saved pictures have at least so many pixels for each of the page. */
const LEAST_RATIO = 2;

/** A plot as a picture of pixels. */
export async function savePng(
  stage: Stage,
  scene: Scene,
  axes: Axes,
  title: string
): Promise<Blob> {
  const ratio = Math.max(LEAST_RATIO, window.devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(stage.view.bbox.width * ratio);
  canvas.height = Math.round((stage.view.bbox.height + TITLE_HEIGHT) * ratio);
  const pen = canvas.getContext('2d');
  if (pen === null) {
    throw new Error('the browser gives no canvas to draw on');
  }
  pen.scale(ratio, ratio);
  drawTitled(pen, stage, scene, axes, title);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => {
      if (blob === null) {
        reject(new Error('the browser made no picture'));
      } else {
        resolve(blob);
      }
    });
  });
}

/** A plot as shapes. */
export async function saveSvg(
  stage: Stage,
  scene: Scene,
  axes: Axes,
  title: string
): Promise<Blob> {
  const layer = stage.view.export('svg', false);
  drawTitled(layer.ctx, stage, scene, axes, title);
  const text = await (await layer.to_blob()).text();
  const { width, height } = stage.view.bbox;
  return new Blob([resized(text, width, height + TITLE_HEIGHT)], { type: 'image/svg+xml' });
}

/** Make a title a name of a file that every system takes. */
export function fileName(title: string, ending: string): string {
  const stem = title.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+|_+$/g, '');
  return `${stem.slice(0, 80) || 'plot'}.${ending}`;
}

function drawTitled(pen: Pen, stage: Stage, scene: Scene, axes: Axes, title: string): void {
  const { palette, view } = stage;
  pen.save();
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, view.bbox.width, TITLE_HEIGHT);
  pen.font = `bold 13px ${palette.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  write(pen, palette.text, title, stage.box.left, TITLE_HEIGHT / 2);
  pen.translate(0, TITLE_HEIGHT);
  stage.drawWith(pen, scene, axes);
  pen.restore();
}

/** Bokeh's drawing is as high as the figure; the title makes it higher. */
function resized(svg: string, width: number, height: number): string {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const root = document.documentElement;
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  return new XMLSerializer().serializeToString(document);
}
