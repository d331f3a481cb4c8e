import type { Fields } from '../../wire.js';
import type { Settings } from '../plot.js';
import { choice, group, numberField, switchField } from '../controls/fields.js';

import { ReferenceOptions } from './referenceoptions.js';

const REDUCTIONS = [
  { value: 'none', name: 'None' },
  { value: 'mean', name: 'Mean' },
  { value: 'sum', name: 'Sum' },
  { value: 'max', name: 'Maximum' },
  { value: 'exponential', name: 'Exponential mean' }
] as const;

const SPANS = [
  { value: 'all', name: 'all so far' },
  { value: 'count', name: 'the last \u2026 spectra' },
  { value: 'seconds', name: 'the last \u2026 seconds' }
] as const;

const ERRORS = [
  { value: 'none', name: 'None' },
  { value: 'band', name: 'Band' },
  { value: 'bars', name: 'Bars' }
] as const;

/** Spectra and seconds that a span has when it is first asked for. */
const FIRST_SPAN = 10;

/** The controls of what the kernel computes from spectra. */
export class SpectrumOptions {
  readonly nodes: readonly HTMLElement[];

  constructor(configure: (settings: Settings) => void) {
    this.#configure = configure;
    this.#references = new ReferenceOptions(configure);
    this.nodes = [
      group('Reduction', this.#reduction.node, this.#span.node, this.#length.node),
      this.#references.node,
      group('Marks', this.#errors.node, this.#peaks.node)
    ];
  }

  /** Show how the kernel's side is set. */
  show(settings: Fields): void {
    const { span_count: spectra, span_seconds: seconds } = settings;
    this.#reduction.show(String(settings.reduction));
    this.#references.show(settings);
    this.#errors.show(String(settings.errors));
    this.#peaks.show(settings.peaks === true);
    this.#kind =
      typeof seconds === 'number' ? 'seconds' : typeof spectra === 'number' ? 'count' : 'all';
    this.#span.show(this.#kind);
    this.#length.show(typeof seconds === 'number' ? seconds : (spectra as number | null));
    this.#length.enable(this.#kind !== 'all');
  }

  #setSpan(kind: string, length: number): void {
    this.#kind = kind;
    this.#configure({
      span_count: kind === 'count' ? Math.max(1, Math.round(length)) : null,
      span_seconds: kind === 'seconds' ? length : null
    });
  }

  readonly #configure: (settings: Settings) => void;
  readonly #references: ReferenceOptions;
  readonly #reduction = choice(
    'Reduce by',
    'A line computed from several spectra',
    REDUCTIONS,
    value => {
      this.#configure({ reduction: value });
    }
  );
  readonly #span = choice('over', 'Which spectra are reduced', SPANS, kind => {
    this.#setSpan(kind, FIRST_SPAN);
  });
  readonly #length = numberField('', 'Number of spectra or seconds', value => {
    this.#setSpan(this.#kind, value ?? FIRST_SPAN);
  });
  readonly #errors = choice(
    'Errors',
    'The standard deviation of the reduced spectra',
    ERRORS,
    value => {
      this.#configure({ errors: value });
    }
  );
  readonly #peaks = switchField('Peaks', 'Mark peaks with their centre and width', value => {
    this.#configure({ peaks: value });
  });
  #kind = 'all';
}
