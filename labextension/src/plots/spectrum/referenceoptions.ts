import type { Fields } from '../../wire.js';
import { textButton } from '../controls/button.js';
import { choice, group, switchField, textField } from '../controls/fields.js';
import type { Settings } from '../plot.js';

const COMPARISONS = [
  { value: 'none', name: 'None' },
  { value: 'difference', name: 'Difference' },
  { value: 'ratio', name: 'Ratio' }
] as const;

const SLOTS = ['1', '2', '3', '4'] as const;

const LONGEST_NAME = 60;

/** The controls of the references: which of the slots is used, what is in it, and to what end. */
export class ReferenceOptions {
  constructor(configure: (settings: Settings) => void) {
    this.#configure = configure;
    this.node = group(
      'Reference',
      this.#slot.node,
      this.#set,
      this.#clear,
      this.#name.node,
      this.#shown.node,
      this.#compare.node
    );
  }

  readonly node: HTMLElement;

  /** Show how the kernel's side is set. */
  show(settings: Fields): void {
    const names = settings.references as readonly (string | null)[];
    this.#number = settings.slot as number;
    this.#hidden = settings.hidden as readonly number[];
    this.#slot.rename(slotChoices(names));
    this.#slot.show(String(this.#number));
    const name = names[this.#number - 1];
    const isEmpty = name === null;
    this.#clear.disabled = isEmpty;
    this.#name.show(name ?? '');
    this.#name.enable(!isEmpty);
    this.#shown.show(!this.#hidden.includes(this.#number));
    this.#shown.enable(!isEmpty);
    this.#compare.show(String(settings.compare));
  }

  #show(isShown: boolean): void {
    const others = this.#hidden.filter(slot => slot !== this.#number);
    this.#configure({ hidden: isShown ? others : [...others, this.#number] });
  }

  readonly #configure: (settings: Settings) => void;
  readonly #slot = choice(
    'Reference',
    'Which of the four references is set, cleared, and compared with',
    slotChoices([]),
    slot => {
      this.#configure({ slot: Number(slot) });
    }
  );
  readonly #set = textButton('Set reference', 'Keep the newest, or the reduction, here', () => {
    this.#configure({ reference: 'set' });
  });
  readonly #clear = textButton('Clear', 'Forget this reference', () => {
    this.#configure({ reference: 'clear' });
  });
  readonly #name = textField(
    'Name',
    'What this reference is called',
    name => {
      this.#configure({ reference_name: name });
    },
    LONGEST_NAME
  );
  readonly #shown = switchField('Show', 'Draw this reference', isShown => {
    this.#show(isShown);
  });
  readonly #compare = choice(
    'Compare',
    'The newest, or the reduction, against this reference',
    COMPARISONS,
    value => {
      this.#configure({ compare: value });
    }
  );
  #number = 1;
  #hidden: readonly number[] = [];
}

function slotChoices(names: readonly (string | null)[]) {
  return SLOTS.map((value, index) => ({ value, name: `${value}: ${names[index] ?? 'empty'}` }));
}
