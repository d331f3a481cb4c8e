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
}

/** JupyterLab's variables that the colours come from. */
const VARIABLES: Readonly<Record<Exclude<keyof Palette, 'font'>, string>> = {
  background: '--jp-layout-color0',
  text: '--jp-ui-font-color1',
  mutedText: '--jp-ui-font-color2',
  axis: '--jp-border-color0',
  grid: '--jp-border-color3',
  latest: '--jp-brand-color1',
  history: '--jp-ui-font-color2'
};

/** Read what JupyterLab's theme says at an element of the page. */
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
  return { ...(Object.fromEntries(colours) as Omit<Palette, 'font'>), font };
}

/** Call a function whenever the page gets another theme, until the returned function is called. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light']
  });
  return () => {
    observer.disconnect();
  };
}
