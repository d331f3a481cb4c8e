import { type JSX, useLayoutEffect, useRef, useState } from 'react';

/** The height of a line in pixels. */
const LINE = 18;
const SPARE = 10;

interface LinesProps {
  readonly count: number;
  readonly line: (index: number) => string;
  readonly label: string;
  readonly isHex?: boolean;
}

/** Lines of text, of which only those in view are made: a megabyte of it holds up nothing. */
export function Lines({ count, line, label, isHex }: LinesProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 400 });
  const update = (): void => {
    const element = scroller.current;
    if (element !== null) {
      setView({ top: element.scrollTop, height: element.clientHeight });
    }
  };
  useLayoutEffect(update, []);
  const start = Math.max(0, Math.floor(top / LINE) - SPARE);
  const end = Math.min(count, Math.ceil((top + height) / LINE) + SPARE);
  const shown = Array.from({ length: Math.max(0, end - start) }, (_, index) => line(start + index));
  return (
    <div
      ref={scroller}
      className={`jp-StreamRecords-lines${isHex ? ' jp-mod-hex' : ''}`}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={update}
    >
      <div style={{ height: count * LINE }}>
        <pre style={{ transform: `translateY(${start * LINE}px)` }}>{shown.join('\n')}</pre>
      </div>
    </div>
  );
}
