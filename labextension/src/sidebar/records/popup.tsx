import { Button, caretDownIcon, type LabIcon } from '@jupyterlab/ui-components';
import {
  type JSX,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState
} from 'react';

interface PopupProps {
  readonly icon: LabIcon;
  readonly label: string;
  readonly title: string;
  /** Makes what is shown while it is open. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a small panel below it. */
export function Popup({ icon: Icon, label, title, children }: PopupProps): JSX.Element {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isOpen && whole.current !== null) {
      keepInside(whole.current);
    }
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (!isOpen) {
      return;
    }
    whole.current?.querySelector<HTMLElement>('[role=dialog] :is(input, select, button)')?.focus();
    const away = (event: PointerEvent): void => {
      if (whole.current?.contains(event.target as Node) === false) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', away);
    return () => {
      document.removeEventListener('pointerdown', away);
    };
  }, [isOpen]);
  return (
    <div
      ref={whole}
      className="jp-StreamRecords-popup"
      onKeyDown={event => {
        if (event.key === 'Escape' && isOpen) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <div ref={button}>
        <Button
          type="button"
          className="jp-StreamRecords-button"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          title={title}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <Icon.react tag="span" />
          {label}
          <caretDownIcon.react tag="span" />
        </Button>
      </div>
      {isOpen && (
        <div id={id} role="dialog" aria-label={label} className="jp-StreamRecords-panel">
          {children(close)}
        </div>
      )}
    </div>
  );
}

/** A button at the left has its panel to the right, so that all of it can be seen. */
function keepInside(whole: HTMLElement): void {
  const panel = whole.querySelector<HTMLElement>('[role=dialog]');
  const bounds = whole.closest('.jp-StreamRecords');
  if (panel !== null && bounds !== null) {
    const isOutside = panel.getBoundingClientRect().left < bounds.getBoundingClientRect().left;
    panel.classList.toggle('jp-mod-right', isOutside);
  }
}
