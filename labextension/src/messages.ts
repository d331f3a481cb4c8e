import type { BokehItem } from './bokeh.js';
import { asKind, type PlotKind } from './plots/update.js';
import type { ExportFormat, Settings } from './plots/plot.js';
import { fields, nullable, text, WireError } from './wire.js';

/** What the kernel says to a view. */
export type KernelMessage =
  | FigureMessage
  | { readonly type: 'bokehjs'; readonly version: string; readonly library: DataView }
  | { readonly type: 'frame'; readonly bytes: DataView }
  | { readonly type: 'gone' }
  | { readonly type: 'refused'; readonly reason: string }
  | FileMessage
  | { readonly type: 'picture'; readonly text: string; readonly png: DataView | null }
  | { readonly type: 'alive' }
  | RelayTicket;

/** The plot that a view is to embed, in place of any before; without a kind there is none yet. */
export interface FigureMessage {
  readonly type: 'figure';
  readonly kind: PlotKind | null;
  /** Null for what needs no figure of Bokeh's. */
  readonly item: BokehItem | null;
  readonly bokeh: string;
}

/** Data of a plot as a file, which was asked for. */
export interface FileMessage {
  readonly type: 'file';
  readonly name: string;
  readonly mime: string;
  readonly content: DataView;
}

/** The kernel lets the view be relayed; without a ticket it has no relay. */
export interface RelayTicket {
  readonly type: 'relay';
  readonly ticket: string | null;
}

/** The figure is there, or everything is wanted again. */
export interface ReadyMessage {
  readonly type: 'ready';
  /** Hold the plot as it was with so many items, or let it go on. */
  readonly hold: number | null;
}

/** What a view says to the kernel. */
export type ViewMessage =
  | { readonly type: 'bokehjs' }
  | ReadyMessage
  | { readonly type: 'ack'; readonly sequence: number }
  | { readonly type: 'visible'; readonly visible: boolean }
  /** A sign of life, and whether the view has embedded the figure and waits for frames. */
  | { readonly type: 'alive'; readonly ready: boolean }
  | { readonly type: 'relay' }
  | { readonly type: 'configure'; readonly settings: Settings }
  | { readonly type: 'size'; readonly side: number }
  | { readonly type: 'export'; readonly format: ExportFormat }
  | { readonly type: 'picture' }
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
        kind: nullable(message, 'kind', (from, name) => asKind(text(from, name))),
        item: nullable(message, 'item', (from, name) => fields(from[name], name)),
        bokeh: text(message, 'bokeh')
      };
    case 'bokehjs':
      return { type, version: text(message, 'version'), library: onlyBuffer(buffers) };
    case 'frame':
      return { type, bytes: onlyBuffer(buffers) };
    case 'gone':
    case 'alive':
      return { type };
    case 'refused':
      return { type, reason: text(message, 'reason') };
    case 'file':
      return {
        type,
        name: text(message, 'name'),
        mime: text(message, 'mime'),
        content: onlyBuffer(buffers)
      };
    case 'picture':
      return { type, text: text(message, 'text'), png: buffers.at(0) ?? null };
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
