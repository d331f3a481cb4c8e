import { element } from '../elements.js';
import { formatCount } from '../format.js';
import { offer } from '../offer.js';

import { dress, iconButton, press } from './controls/button.js';
import { exportItems } from './controls/exports.js';
import { choice } from './controls/fields.js';
import { PlotFoot } from './controls/foot.js';
import { PlotHead } from './controls/head.js';
import { menu } from './controls/menu.js';
import { Crosshair, type Place } from './crosshairs.js';
import type { ScaleName } from './drawing/scale.js';
import { ShownCount } from './drawing/shown.js';
import type { Plot, PlotOwner } from './plot.js';
import { Pointing } from './pointing.js';
import { fileName, savePng, saveSvg } from './saving.js';
import type { FramedKind } from './scene.js';
import type { Stage } from './stage.js';
import type { CommonUpdate } from './common.js';

const SCALES: readonly { value: ScaleName; name: string }[] = [
  { value: 'linear', name: 'Linear' },
  { value: 'log', name: 'Log' },
  { value: 'symlog', name: 'Symlog' }
];

/** A plot in a frame with axes: what all such kinds have in common. */
export class FramedPlot<Update extends CommonUpdate> implements Plot<Update> {
  /** Put a kind of plot on a stage, with its tools around it. */
  constructor(
    host: HTMLElement,
    stageNode: HTMLElement,
    stage: Stage,
    kind: FramedKind<Update>,
    owner: PlotOwner
  ) {
    this.#host = host;
    this.#stage = stage;
    this.#kind = kind;
    this.#owner = owner;
    this.#head = new PlotHead(stage.view.model.title.text);
    this.#options.hidden = true;
    this.#options.append(...kind.options);
    host.prepend(this.#head.node, this.#options);
    host.append(...kind.below, this.#foot.node);
    host.dataset.empty = 'true';
    this.#head.tools.append(...this.#tools());
    this.#pointing = new Pointing(stageNode, this);
    stage.onMoved = () => {
      owner.repaint();
    };
  }

  get missed(): number {
    return this.#shown.missed;
  }

  get held(): number | null {
    return this.#isPaused ? (this.#update?.total ?? 0) : null;
  }

  get box() {
    return this.#stage.box;
  }

  take(update: Update, isReset: boolean): void {
    this.#foot.tell('');
    this.#update = update;
    this.#kind.take(update, isReset);
    this.#shown.arrived(update.total, update.fresh, isReset, this.#kind.visible);
    this.#kind.showSettings(update.settings);
  }

  fallBehind(count: number): void {
    this.#behind = count;
  }

  paint(): void {
    this.#stage.paint(this.#kind, this.#kind.axes);
    this.#kind.showBelow();
    this.#shown.painted();
    this.#tellMissed();
    press(this.#fit, this.#kind.axes.x.isFree && this.#kind.axes.left.isFree);
    if (this.#update !== null) {
      const { title, label } = this.#update;
      this.#head.show(title, label);
      this.#host.dataset.empty = String(this.#kind.isEmpty);
      this.#host.setAttribute('aria-label', `${title}, ${this.#kind.spoken}`);
      this.#crosshair.join(this.#kind.meaning);
      this.#tellReading();
    }
  }

  refused(reason: string): void {
    this.#foot.tell(reason);
    if (this.#update !== null) {
      this.#kind.showSettings(this.#update.settings);
    }
  }

  dispose(): void {
    this.#crosshair.leave();
    this.#kind.dispose();
    this.#stage.dispose();
    this.#host.replaceChildren();
  }

  pointed(at: Place | null): void {
    this.#place = at === null ? null : this.#placeAt(at);
    this.#pointing.show(at);
    this.#crosshair.point(this.#place);
    this.#tellReading();
  }

  clicked(at: Place): void {
    this.#kind.clicked(this.#placeAt(at));
  }

  #tools(): HTMLElement[] {
    const tools = [this.#pause, ...this.#kind.tools];
    if (this.#kind.scalable.length > 0) {
      const scale = choice('', 'Scale of the y axis', SCALES, name => {
        this.#rescale(name);
      });
      scale.node.classList.add('jp-StreamField-bare');
      tools.push(scale.node);
    }
    tools.push(this.#drag, this.#fit);
    if (this.#kind.options.length > 0) {
      tools.push(this.#more);
    }
    press(this.#more, false);
    press(this.#drag, false);
    return [...tools, this.#saveMenu()];
  }

  #saveMenu(): HTMLElement {
    return menu('save', 'Save or export', [
      {
        name: 'Picture as PNG',
        title: 'Save the picture',
        chosen: () => {
          this.#save('png');
        }
      },
      {
        name: 'Picture as SVG',
        title: 'Save the picture as shapes',
        chosen: () => {
          this.#save('svg');
        }
      },
      ...exportItems(this.#owner)
    ]);
  }

  #save(ending: 'png' | 'svg'): void {
    const { title, label } = this.#update ?? { title: 'plot', label: '' };
    const make = ending === 'png' ? savePng : saveSvg;
    const text = label === '' ? title : `${title} \u2013 ${label}`;
    make(this.#stage, this.#kind, this.#kind.axes, text).then(
      picture => {
        offer(picture, fileName(title, ending));
      },
      (error: unknown) => {
        this.#foot.tell(`The picture could not be saved: ${String(error)}`);
      }
    );
  }

  #rescale(name: ScaleName): void {
    const { low, high } = this.#kind.values ?? { low: 0, high: 1 };
    for (const axis of this.#kind.scalable) {
      axis.rescale(name, Math.max(Math.abs(low), Math.abs(high)));
    }
    this.#owner.repaint();
  }

  #togglePause(): void {
    this.#isPaused = !this.#isPaused;
    press(this.#pause, this.#isPaused);
    dress(this.#pause, this.#isPaused ? 'play' : 'pause', PAUSE_LABELS[String(this.#isPaused)]);
    this.#behind = 0;
    this.#owner.resync();
    this.#host.dataset.paused = String(this.#isPaused);
    this.#tellMissed();
  }

  #toggleDrag(): void {
    const zooms = this.#drag.getAttribute('aria-pressed') !== 'true';
    press(this.#drag, zooms);
    this.#stage.drag(zooms ? 'box' : 'pan');
  }

  #fitAll(): void {
    const { x, left, right } = this.#kind.axes;
    for (const axis of [x, left, ...right]) {
      axis.release();
    }
    this.#owner.repaint();
  }

  #toggleOptions(): void {
    this.#options.hidden = !this.#options.hidden;
    press(this.#more, !this.#options.hidden);
  }

  #placeAt(share: Place): Place {
    const { x, left } = this.#kind.axes;
    return { x: x.valueAt(share.x), y: left.valueAt(share.y ?? 0) };
  }

  #follow(place: Place | null): void {
    this.#place = place;
    const { x, left } = this.#kind.axes;
    this.#pointing.show(
      place && { x: x.share(place.x), y: place.y === null ? null : left.share(place.y) }
    );
    this.#tellReading();
  }

  #tellReading(): void {
    this.#foot.read(this.#place === null ? '' : this.#kind.read(this.#place));
  }

  #tellMissed(): void {
    if (this.#isPaused) {
      this.#foot.miss(`Paused \u00b7 ${formatCount(this.#behind)} not shown`);
    } else {
      const { missed } = this.#shown;
      this.#foot.miss(missed === 0 ? '' : `${formatCount(missed)} not shown`);
    }
  }

  readonly #host: HTMLElement;
  readonly #stage: Stage;
  readonly #kind: FramedKind<Update>;
  readonly #owner: PlotOwner;
  readonly #head: PlotHead;
  readonly #foot = new PlotFoot();
  readonly #options = element('div', 'jp-StreamOptions');
  readonly #pointing: Pointing;
  readonly #shown = new ShownCount();
  readonly #crosshair = new Crosshair(place => {
    this.#follow(place);
  });
  readonly #pause = iconButton('pause', PAUSE_LABELS.false, () => {
    this.#togglePause();
  });
  readonly #drag = iconButton('zoom', 'Zoom to a box by dragging', () => {
    this.#toggleDrag();
  });
  readonly #fit = iconButton('fit', 'Follow the data: undo zooming and moving', () => {
    this.#fitAll();
  });
  readonly #more = iconButton('options', 'Options', () => {
    this.#toggleOptions();
  });
  #update: Update | null = null;
  #place: Place | null = null;
  #behind = 0;
  #isPaused = false;
}

const PAUSE_LABELS: Readonly<Record<string, string>> = {
  false: 'Pause the picture; the data go on',
  true: 'Show what comes again'
};
