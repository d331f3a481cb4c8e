import { type JSX, useEffect, useRef } from 'react';

import { watchTheme } from '../../palette.js';
import type { Preview } from '../api/records.js';
import { drawPreview } from './drawing.js';

interface PictureProps {
  readonly preview: Preview;
  readonly className: string;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
}

/** A value as a picture on a canvas, in the colours of the theme. */
export function Picture({ preview, className, label }: PictureProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) {
      return;
    }
    const draw = (): void => {
      drawPreview(element, preview);
    };
    draw();
    const sizes = new ResizeObserver(draw);
    sizes.observe(element);
    // JupyterLab hides the page while it changes themes.
    const unwatch = watchTheme(() => requestAnimationFrame(draw));
    return () => {
      sizes.disconnect();
      unwatch();
    };
  }, [preview]);
  return <canvas ref={canvas} className={className} role="img" aria-label={label} />;
}
