import type { Card, Problem } from './card.js';
import { Channel, type CommOpener } from './channel.js';
import { Connection, type ConnectionListener, type ViewedMessage } from './connection.js';
import { decodeFrame } from './frame.js';
import type { JobCard } from './jobcard.js';
import type { FigureMessage } from './messages.js';
import { offer } from './offer.js';
import { Painter } from './painter.js';
import type { PlotOwner } from './plots/plot.js';
import { PlotView } from './plotview.js';
import { FrameSequence } from './sequence.js';
import { Stills } from './stills.js';
import { Visibility } from './visibility.js';

export const ENDED =
  'The kernel does not know this job any more. Load the extension and run the cell again.';

/** One view's dealings with the kernel: it gets frames, paints the newest, and says so. */
export class Session implements ConnectionListener {
  /**
   * Keep a card and a plot's host, both within a view, up to date once the session is opened.
   *
   * `onHidden` is called whenever nothing of the view can be seen any more.
   */
  constructor(view: HTMLElement, card: JobCard, host: HTMLElement, onHidden: () => void) {
    this.#card = card;
    this.#view = view;
    this.#plot = new PlotView(host, this.#owner(), () => this.#fetchLibrary());
    this.#stills = new Stills(view, () => this.#connection?.send({ type: 'picture' }));
    this.#visibility = new Visibility(view, visible => {
      this.#visibilityChanged(visible);
      if (!visible) {
        onHidden();
      }
    });
    card.onCommand = command => this.#connection?.send({ type: 'command', command });
  }

  /** Ask the kernel for the job that a stream names. */
  async open(opener: CommOpener, stream: string): Promise<void> {
    if (this.#closed) {
      return;
    }
    this.#connection = new Connection(listener => Channel.open(opener, stream, listener), this);
    this.#connection.show(this.#visibility.visible);
    await this.#connection.open();
  }

  /** The kernel is there no more: keep the last picture, and say so. */
  end(): void {
    this.#connection?.abandon();
    this.#stop(ENDED);
  }

  /** The view is removed; saying so again does nothing. */
  dispose(): void {
    this.#closed = true;
    this.#stop(null);
    this.#connection?.close();
    this.#painter.cancel();
    this.#visibility.dispose();
    this.#plot.clear();
    this.#stills.stop();
  }

  received(message: ViewedMessage): void {
    switch (message.type) {
      case 'figure':
        this.#embed(message).catch((error: unknown) => {
          this.failed(error);
        });
        break;
      case 'bokehjs':
        this.#library?.resolve(message.library);
        this.#library = null;
        break;
      case 'frame':
        this.#take(message.bytes);
        break;
      case 'gone':
        this.end();
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
    this.#connection?.close();
  }

  closed(): void {
    this.end();
  }

  reopened(): void {
    this.#ready = false;
    this.#isReopened = true;
    this.#sequence = new FrameSequence();
    this.#received = this.#drawn = 0;
  }

  answered(): void {
    if (this.#library?.isLate === true) {
      this.#connection?.send({ type: 'bokehjs' });
    }
    if (this.#library !== null) {
      // It may have been asked for after the kernel had answered.
      this.#library.isLate = true;
    }
  }

  /** What the plot can ask of this view. */
  #owner(): PlotOwner {
    return {
      configure: settings => this.#connection?.send({ type: 'configure', settings }),
      show: side => this.#connection?.send({ type: 'size', side }),
      export: format => this.#connection?.send({ type: 'export', format }),
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
    const isKnown = this.#isReopened && figure.kind === this.#plot.kind;
    this.#ready = this.#isReopened = false;
    // What is there already stays, with the part of it that the user has zoomed into.
    if ((isKnown || (await this.#plot.embed(figure))) && !this.#closed) {
      this.#restart();
    }
  }

  #fetchLibrary(): Promise<DataView> {
    return new Promise((resolve, reject) => {
      this.#library = { resolve, reject, isLate: false };
      this.#connection?.send({ type: 'bokehjs' });
    });
  }

  #take(bytes: DataView): void {
    const frame = decodeFrame(bytes);
    this.#connection?.came(frame);
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
    this.#plot.fallBehind(frame.behind ?? 0);
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
    this.#connection?.send({ type: 'ready', hold: this.#plot.held });
  }

  #visibilityChanged(visible: boolean): void {
    this.#connection?.show(visible);
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
      this.#connection?.acknowledge(this.#drawn, this.#transport);
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
  #sequence = new FrameSequence();
  readonly #painter = new Painter(
    () => {
      this.#paint();
    },
    () => {
      this.#acknowledge();
    }
  );
  #connection: Connection | null = null;
  #library: { resolve(text: DataView): void; reject(error: Error): void; isLate: boolean } | null =
    null;
  #news: Card | null = null;
  #problems: readonly Problem[] = [];
  #transport = '';
  #received = 0;
  #drawn = 0;
  #ready = false;
  #isReopened = false;
  #ended = false;
  #closed = false;
}
