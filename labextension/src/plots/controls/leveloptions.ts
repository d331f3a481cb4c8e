import type { Fields } from '../../wire.js';
import type { Settings } from '../plot.js';
import { COLOUR_MAPS, type ColourMapName } from '../drawing/colourmaps.js';
import type { Interval } from '../drawing/interval.js';

import { textButton } from './button.js';
import { choice, group, numberField } from './fields.js';
import { HandLevels } from './handlevels.js';

const MODES = [
  { value: 'continuous', name: 'Follow each' },
  { value: 'once', name: 'Find once' },
  { value: 'locked', name: 'Locked' }
] as const;

const DEFAULT_MAP: ColourMapName = 'Viridis';

/** What a plot in colours does with the levels that are chosen. */
export interface LevelListener {
  /** Have the kernel find the levels in another way. */
  configure(settings: Settings): void;
  /** Other levels or another map were chosen on the page. */
  changed(): void;
}

/** The controls of colours: which map, and which values get its ends. */
export class LevelOptions {
  constructor(listener: LevelListener) {
    this.#listener = listener;
    const back = textButton('Reset', 'Take the levels that the kernel finds', () => {
      this.#find({ level_mode: 'continuous' });
    });
    this.nodes = [
      group('Colours', this.#mapChoice.node),
      group('Levels found', this.#mode.node, this.#lowest.node, this.#highest.node),
      group('Levels by hand', this.#low.node, this.#high.node, back)
    ];
    this.#mapChoice.show(DEFAULT_MAP);
  }

  readonly nodes: readonly HTMLElement[];

  get map(): ColourMapName {
    return this.#map;
  }

  /** The levels to use: by hand, or those found. */
  levels(found: Interval): Interval {
    return this.#byHand.used(found);
  }

  /** Set a level by hand, from wherever. */
  choose(levels: Interval): void {
    this.#byHand.choose(levels);
    this.#listener.changed();
  }

  /** Show how the kernel's side is set, and the levels it found. */
  show(settings: Fields, found: Interval): void {
    this.#found = found;
    this.#byHand.settle(settings);
    this.#mode.show(String(settings.level_mode));
    const percentiles = settings.percentiles as readonly number[];
    this.#lowest.show(percentiles[0]);
    this.#highest.show(percentiles[1]);
    const { low, high } = this.levels(found);
    this.#low.show(low);
    this.#high.show(high);
    this.#percentiles = [percentiles[0], percentiles[1]];
  }

  #setPercentiles(low: number, high: number): void {
    // Levels that are set would be used whatever the percentiles are.
    this.#find({ percentiles: [low, high], levels: null });
  }

  /** Have the kernel find the levels in another way, instead of those set by hand. */
  #find(settings: Settings): void {
    this.#byHand.forget();
    this.#listener.configure(settings);
    this.#listener.changed();
  }

  readonly #listener: LevelListener;
  readonly #mapChoice = choice(
    'Colour map',
    'Colours from low to high',
    COLOUR_MAPS.map(map => ({ value: map, name: map })),
    map => {
      this.#map = map;
      this.#listener.changed();
    }
  );
  readonly #mode = choice('Levels', 'When the levels are found by percentiles', MODES, mode => {
    const { low, high } = this.levels(this.#found);
    this.#find(
      mode === 'locked' ? { level_mode: mode, levels: [low, high] } : { level_mode: mode }
    );
  });
  readonly #lowest = numberField(
    'from',
    'Percentile of the lowest colour',
    value => {
      this.#setPercentiles(value ?? 1, this.#percentiles[1]);
    },
    { min: 0 }
  );
  readonly #highest = numberField(
    'to %',
    'Percentile of the highest colour',
    value => {
      this.#setPercentiles(this.#percentiles[0], value ?? 99);
    },
    { min: 0 }
  );
  readonly #low = numberField('By hand', 'Value of the lowest colour', value => {
    this.choose({ low: value ?? this.#found.low, high: this.levels(this.#found).high });
  });
  readonly #high = numberField('to', 'Value of the highest colour', value => {
    this.choose({ low: this.levels(this.#found).low, high: value ?? this.#found.high });
  });
  #map: ColourMapName = DEFAULT_MAP;
  // The kernel sends what lies between its levels only, so it has to know them too.
  readonly #byHand = new HandLevels(({ low, high }) => {
    this.#listener.configure({ levels: [low, high] });
  });
  #found: Interval = { low: 0, high: 1 };
  #percentiles: readonly [number, number] = [1, 99];
}
