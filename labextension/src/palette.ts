/** The colours of a plot, and the font of its texts. */
export interface Palette {
  readonly font: string;
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly axis: string;
  readonly grid: string;
  readonly latest: string;
  readonly history: string;
  /** What is computed from the data. */
  readonly reduction: string;
  /** One for each slot. */
  readonly references: readonly string[];
  readonly comparison: string;
  /** Curves of one plot, which have to be told apart. */
  readonly curves: readonly string[];
}

/** The style sheet's variables, which have a value in every front end, that the colours come from. */
const VARIABLES = {
  background: '--jp-stream-background',
  text: '--jp-stream-text',
  mutedText: '--jp-stream-text-muted',
  axis: '--jp-stream-axis',
  grid: '--jp-stream-grid',
  latest: '--jp-stream-brand',
  history: '--jp-stream-text-muted'
} as const;

/** Colours that differ for those too who see fewer; darker ones for light backgrounds. */
const ON_LIGHT = [
  '#0b66c3',
  '#c2500a',
  '#138058',
  '#9c3587',
  '#8a6d00',
  '#3f7f93',
  '#b3273f',
  '#5b5fc7'
];
const ON_DARK = [
  '#5aa9f5',
  '#ff9e58',
  '#4fc99a',
  '#e58bd2',
  '#e0c04a',
  '#85cbe0',
  '#ff8296',
  '#a9acff'
];

/** Read what the theme says at an element of the page. */
export function readPalette(at: HTMLElement): Palette {
  const probe = document.createElement('span');
  at.append(probe);
  const colours = Object.entries(VARIABLES).map(([name, variable]) => {
    probe.style.color = `var(${variable})`;
    // The computed colour is plain, in whatever notation a theme has it.
    return [name, getComputedStyle(probe).color];
  });
  const font = getComputedStyle(probe).fontFamily;
  probe.remove();
  const plain = Object.fromEntries(colours) as Record<keyof typeof VARIABLES, string>;
  const curves = isDark(plain.background) ? ON_DARK : ON_LIGHT;
  const [, reduction, first, comparison, ...more] = curves;
  const references = [first, more[0], more[1], more[3]];
  return { ...plain, font, curves, reduction, references, comparison };
}

/** Call a function whenever the page gets another theme, until the returned function is called. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light', 'class']
  });
  return () => {
    observer.disconnect();
  };
}

/** Say whether a colour is a background for light texts. */
export function isDark(colour: string): boolean {
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
