import type { BokehItem } from './bokeh.js';
import { fields, nullable, text, WireError } from './wire.js';

/** What the kernel says to a view. */
export type KernelMessage =
  | { readonly type: 'figure'; readonly item: BokehItem | null; readonly bokeh: string }
  | { readonly type: 'bokehjs'; readonly version: string; readonly library: DataView }
  | { readonly type: 'frame'; readonly bytes: DataView }
  | { readonly type: 'gone' }
  | RelayTicket;

/** The kernel lets the view be relayed; without a ticket it has no relay. */
export interface RelayTicket {
  readonly type: 'relay';
  readonly ticket: string | null;
}

/** What a view says to the kernel. */
export type ViewMessage =
  | { readonly type: 'bokehjs' }
  | { readonly type: 'ready' }
  | { readonly type: 'ack'; readonly sequence: number }
  | { readonly type: 'visible'; readonly visible: boolean }
  | { readonly type: 'relay' }
  | { readonly type: 'command'; readonly command: Command };

/** What a view can ask a job to do. */
export type Command = 'pause' | 'resume' | 'stop';

/** Read a message of the kernel; throws a `WireError` when it is none that is known. */
export function readMessage(data: unknown, buffers: readonly DataView[]): KernelMessage {
  const message = fields(data, 'message');
  const type = text(message, 'type');
  switch (type) {
    case 'figure':
      return {
        type,
        item: nullable(message, 'item', (from, name) => fields(from[name], name)),
        bokeh: text(message, 'bokeh')
      };
    case 'bokehjs':
      return { type, version: text(message, 'version'), library: onlyBuffer(buffers) };
    case 'frame':
      return { type, bytes: onlyBuffer(buffers) };
    case 'gone':
      return { type };
    case 'relay':
      return { type, ticket: nullable(message, 'ticket', text) };
    default:
      throw new WireError(`message type "${type}" is unknown`);
  }
}

function onlyBuffer(buffers: readonly DataView[]): DataView {
  if (buffers.length !== 1) {
    throw new WireError(`a message has ${buffers.length} buffers instead of 1`);
  }
  return buffers[0];
}
