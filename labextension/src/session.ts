import type { Card, Problem } from './card.js';
import { Channel, type ChannelListener, type CommOpener } from './channel.js';
import { decodeFrame } from './frame.js';
import type { JobCard } from './jobcard.js';
import type { FigureMessage, KernelMessage, RelayTicket } from './messages.js';
import { Painter } from './painter.js';
import type { PlotOwner } from './plots/plot.js';
import { offer } from './plots/saving.js';
import { PlotView } from './plotview.js';
import { FrameSequence } from './sequence.js';
import { Stills } from './stills.js';
import { Visibility } from './visibility.js';

export const ENDED =
  'The kernel does not know this job any more. Load the extension and run the cell again.';

/** One view's dealings with the kernel: it gets frames, paints the newest, and says so. */
export class Session implements ChannelListener {
  /**
   * Keep a card and a plot's host, both within a view, up to date once the session is opened.
   *
   * `onHidden` is called whenever nothing of the view can be seen any more.
   */
  constructor(view: HTMLElement, card: JobCard, host: HTMLElement, onHidden: () => void) {
    this.#card = card;
    this.#view = view;
    this.#plot = new PlotView(host, this.#owner(), () => this.#fetchLibrary());
    this.#stills = new Stills(view, () => this.#channel?.send({ type: 'picture' }));
    this.#visibility = new Visibility(view, visible => {
      this.#visibilityChanged(visible);
      if (!visible) {
        onHidden();
      }
    });
    card.onCommand = command => this.#channel?.send({ type: 'command', command });
  }

  /** Ask the kernel for the job that a stream names. */
  async open(opener: CommOpener, stream: string): Promise<void> {
    const channel = await Channel.open(opener, stream, this);
    if (this.#closed) {
      channel.close();
    } else {
      this.#channel = channel;
      // It may have been hidden while there was no channel to say so.
      channel.send({ type: 'visible', visible: this.#visibility.visible });
    }
  }

  /** The kernel is there no more: keep the last picture, and say so. */
  end(): void {
    this.#channel?.abandon();
    this.#stop(ENDED);
  }

  /** The view is removed; saying so again does nothing. */
  dispose(): void {
    this.#closed = true;
    this.#stop(null);
    this.#channel?.close();
    this.#painter.cancel();
    this.#visibility.dispose();
    this.#plot.clear();
    this.#stills.stop();
  }

  received(message: Exclude<KernelMessage, RelayTicket>): void {
    switch (message.type) {
      case 'figure':
        this.#embed(message).catch((error: unknown) => {
          this.failed(error);
        });
        break;
      case 'bokehjs':
        this.#library?.resolve(message.library);
        break;
      case 'frame':
        this.#take(message.bytes);
        break;
      case 'gone':
        this.#stop(ENDED);
        break;
      case 'refused':
        this.#plot.refused(message.reason);
        break;
      case 'file':
        offer(
          new Blob([message.content as DataView<ArrayBuffer>], { type: message.mime }),
          message.name
        );
        break;
      case 'picture':
        this.#stills.received(message.png, message.text);
        break;
    }
  }

  failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#stop(
      `This job cannot be shown: ${reason}. Reload the page; if that does not help, see ` +
        'that Jupyter and the kernel have the same version of jupyter_stream.'
    );
    this.#channel?.close();
  }

  closed(): void {
    this.#stop(ENDED);
  }

  /** What the plot can ask of this view. */
  #owner(): PlotOwner {
    return {
      configure: settings => this.#channel?.send({ type: 'configure', settings }),
      export: format => this.#channel?.send({ type: 'export', format }),
      repaint: () => {
        if (this.#visibility.visible) {
          this.#painter.request();
        }
      },
      resync: () => {
        this.#restart();
      }
    };
  }

  async #embed(figure: FigureMessage): Promise<void> {
    this.#ready = false;
    if ((await this.#plot.embed(figure)) && !this.#closed) {
      this.#restart();
    }
  }

  #fetchLibrary(): Promise<DataView> {
    return new Promise((resolve, reject) => {
      this.#library = { resolve, reject };
      this.#channel?.send({ type: 'bokehjs' });
    });
  }

  #take(bytes: DataView): void {
    const frame = decodeFrame(bytes);
    this.#channel?.came(frame);
    const verdict = this.#sequence.judge(frame);
    if (verdict === 'ask') {
      this.#restart();
    }
    if (verdict !== 'use') {
      return;
    }
    if (frame.plot !== null) {
      this.#plot.take(frame.plot, frame.reset);
    }
    this.#news = frame.card ?? this.#news;
    this.#problems = frame.problems ?? this.#problems;
    this.#transport = frame.transport;
    this.#received = frame.sequence;
    if (this.#visibility.visible) {
      this.#painter.request();
    }
  }

  #restart(): void {
    this.#ready = true;
    this.#sequence.restart();
    this.#channel?.send({ type: 'ready' });
  }

  #visibilityChanged(visible: boolean): void {
    this.#channel?.send({ type: 'visible', visible });
    if (!visible) {
      this.#painter.cancel();
    } else if (this.#ready) {
      this.#restart();
      this.#painter.request();
    }
  }

  #paint(): void {
    this.#plot.paint();
    if (this.#news !== null) {
      const { missed } = this.#plot;
      this.#card.show(this.#news, this.#problems, { transport: this.#transport, missed });
    }
  }

  /** Say what is on the page now; what was drawn anew by zooming is no news. */
  #acknowledge(): void {
    if (this.#drawn !== this.#received) {
      this.#drawn = this.#received;
      this.#channel?.acknowledge(this.#drawn, this.#transport);
      this.#stills.painted();
    }
  }

  /** Mark the card as ended for a reason. */
  #stop(reason: string | null): void {
    this.#library?.reject(new Error('the kernel has gone'));
    if (reason !== null && !this.#ended) {
      this.#ended = true;
      this.#view.classList.add('jp-mod-gone');
      this.#card.end(reason);
    }
  }

  readonly #card: JobCard;
  readonly #view: HTMLElement;
  readonly #visibility: Visibility;
  readonly #plot: PlotView;
  readonly #stills: Stills;
  readonly #sequence = new FrameSequence();
  readonly #painter = new Painter(
    () => {
      this.#paint();
    },
    () => {
      this.#acknowledge();
    }
  );
  #channel: Channel | null = null;
  #library: { resolve(text: DataView): void; reject(error: Error): void } | null = null;
  #news: Card | null = null;
  #problems: readonly Problem[] = [];
  #transport = '';
  #received = 0;
  #drawn = 0;
  #ready = false;
  #ended = false;
  #closed = false;
}
