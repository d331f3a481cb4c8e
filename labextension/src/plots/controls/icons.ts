const SVG = 'http://www.w3.org/2000/svg';

/** Drawn on 16 by 16, in strokes of the text's colour. */
const PATHS = {
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  stop: 'M4 4h8v8H4z',
  play: 'M5 3.2v9.6l7.5-4.8z',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 8h5M8 5.5v5',
  pan: 'M8 2v12M2 8h12M6.3 3.7L8 2l1.7 1.7M6.3 12.3L8 14l1.7-1.7M3.7 6.3L2 8l1.7 1.7M12.3 6.3L14 8l-1.7 1.7',
  zoom: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 10l3.5 3.5M5.2 7h3.6M7 5.2v3.6',
  options: 'M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 3v3M6 10v3',
  save: 'M8 2.5v7.5M5 7.2L8 10l3-2.8M2.8 11v2.5h10.4V11',
  region: 'M3 4.5V3h1.5M7 3h2M11.5 3H13v1.5M13 7v2M13 11.5V13h-1.5M9 13H7M4.5 13H3v-1.5M3 9V7',
  row: 'M2.5 8h11M2.5 4.5v-2h11v2M2.5 11.5v2h11v-2',
  column: 'M8 2.5v11M4.5 2.5h-2v11h2M11.5 2.5h2v11h-2',
  close: 'M4 4l8 8M12 4l-8 8'
} as const;

export type IconName = keyof typeof PATHS;

/** Make an icon, which says nothing to screen readers: what it is on has a label. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'jp-StreamIcon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
