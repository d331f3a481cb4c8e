import type { JSX } from 'react';

/** Says that something is under way; it appears only when it takes a while. */
export function Busy({ text }: { readonly text: string }): JSX.Element {
  return (
    <div className="jp-StreamBusy" role="status">
      <span className="jp-StreamBusy-circle" aria-hidden="true" />
      <span>{text}</span>
    </div>
  );
}
