import { type BokehItem, loadBokeh } from './bokeh.js';
import type { Card } from './card.js';
import { Channel, type ChannelListener, type CommOpener } from './channel.js';
import { decodeFrame, type PlotUpdate } from './frame.js';
import type { JobCard } from './jobcard.js';
import type { KernelMessage, RelayTicket } from './messages.js';
import { Painter } from './painter.js';
import { SpectrumPlot } from './plot.js';
import { SpectrumRing } from './ring.js';
import { FrameSequence } from './sequence.js';
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
    this.#host = host;
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
    this.#plot?.dispose();
    this.#plot = null;
  }

  received(message: Exclude<KernelMessage, RelayTicket>): void {
    switch (message.type) {
      case 'figure':
        this.#embed(message.item, message.bokeh).catch((error: unknown) => {
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

  async #embed(item: BokehItem | null, version: string): Promise<void> {
    if (item !== null) {
      const library = await loadBokeh(version, () => this.#fetchLibrary());
      if (!this.#closed) {
        this.#plot = await SpectrumPlot.embed(library, item, this.#host);
      }
    }
    if (this.#closed) {
      this.#plot?.dispose();
    } else {
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
    const verdict = this.#sequence.judge(frame);
    if (verdict === 'ask') {
      this.#restart();
    }
    if (verdict !== 'use') {
      return;
    }
    if (frame.reset) {
      this.#ring.clear();
    }
    if (frame.plot !== null) {
      this.#ring.add(frame.plot);
      this.#texts = frame.plot;
    }
    this.#news = { card: frame.card, sequence: frame.sequence };
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
    if (this.#news !== null) {
      this.#card.show(this.#news.card);
      this.#drawn = this.#news.sequence;
    }
    if (this.#texts !== null) {
      this.#plot?.describe(this.#texts);
      this.#plot?.show(this.#ring.spectra);
    }
  }

  /** Mark the card as ended for a reason. */
  #stop(reason: string | null): void {
    this.#library?.reject(new Error('the kernel has gone'));
    if (reason !== null && !this.#ended) {
      this.#ended = true;
      this.#card.end(reason);
    }
  }

  readonly #card: JobCard;
  readonly #host: HTMLElement;
  readonly #visibility: Visibility;
  readonly #ring = new SpectrumRing();
  readonly #sequence = new FrameSequence();
  readonly #painter = new Painter(
    () => {
      this.#paint();
    },
    () => {
      this.#channel?.send({ type: 'ack', sequence: this.#drawn });
    }
  );
  #channel: Channel | null = null;
  #library: { resolve(text: DataView): void; reject(error: Error): void } | null = null;
  #plot: SpectrumPlot | null = null;
  #texts: PlotUpdate | null = null;
  #news: { readonly card: Card; readonly sequence: number } | null = null;
  #drawn = 0;
  #ready = false;
  #ended = false;
  #closed = false;
}
