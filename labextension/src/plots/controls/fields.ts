import { element, setText } from '../../elements.js';

/** A control of a form with its name before it. */
export interface Field<T> {
  readonly node: HTMLElement;
  /** Show a value, unless the user is about to enter another. */
  show(value: T): void;
  enable(isEnabled: boolean): void;
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly name: string;
}

/** One of several things, which may get other names. */
export interface ChoiceField<T extends string> extends Field<string> {
  /** Name what can be chosen anew. */
  rename(choices: readonly Choice<T>[]): void;
}

/** Let one of several things be chosen. */
export function choice<T extends string>(
  name: string,
  title: string,
  choices: readonly Choice<T>[],
  chosen: (value: T) => void
): ChoiceField<T> {
  const select = element('select', 'jp-StreamField-input');
  for (const one of choices) {
    const option = element('option', '', one.name);
    option.value = one.value;
    select.append(option);
  }
  const rename = (renamed: readonly Choice<T>[]) => {
    renamed.forEach((one, index) => {
      setText(select.options[index], one.name);
    });
  };
  select.addEventListener('change', () => {
    chosen(select.value as T);
  });
  const made = field<string>(name, title, select, value => {
    select.value = value;
  });
  return { ...made, rename };
}

/** Let a number be entered; an empty field is null. */
export function numberField(
  name: string,
  title: string,
  changed: (value: number | null) => void,
  limits: { readonly min?: number; readonly placeholder?: string } = {}
): Field<number | null> {
  const input = element('input', 'jp-StreamField-input jp-StreamField-number');
  input.type = 'number';
  input.step = 'any';
  input.min = String(limits.min ?? '');
  input.placeholder = limits.placeholder ?? '';
  let known = '';
  const commit = () => {
    if (input.validity.valid && input.value !== known) {
      known = input.value;
      changed(input.value === '' ? null : input.valueAsNumber);
    }
  };
  commitOn(input, commit);
  return field(name, title, input, value => {
    input.value = value === null ? '' : String(Number(value.toPrecision(4)));
    known = input.value;
  });
}

/** Let a text be entered. */
export function textField(
  name: string,
  title: string,
  changed: (value: string) => void,
  longest: number
): Field<string> {
  const input = element('input', 'jp-StreamField-input jp-StreamField-text');
  input.type = 'text';
  input.maxLength = longest;
  let known = '';
  commitOn(input, () => {
    const value = input.value.trim();
    if (value !== '' && value !== known) {
      known = value;
      changed(value);
    }
  });
  return field(name, title, input, value => {
    input.value = value;
    known = value;
  });
}

/** Let something be switched on and off. */
export function switchField(
  name: string,
  title: string,
  switched: (value: boolean) => void
): Field<boolean> {
  const input = element('input', 'jp-StreamField-check');
  input.type = 'checkbox';
  input.addEventListener('change', () => {
    switched(input.checked);
  });
  return field(name, title, input, value => {
    input.checked = value;
  });
}

/** Commit what was entered when the field is left, or by Enter. */
function commitOn(input: HTMLInputElement, commit: () => void): void {
  input.addEventListener('change', commit);
  input.addEventListener('keydown', event => {
    // Not every front end leaves it to the browser; JupyterLab keeps Enter from doing so.
    if (event.key === 'Enter') {
      commit();
      input.blur();
    }
  });
}

function field<T>(
  name: string,
  title: string,
  input: HTMLInputElement | HTMLSelectElement,
  set: (value: T) => void
): Field<T> {
  const node = element('label', 'jp-StreamField');
  node.title = title;
  const label = element('span', 'jp-StreamField-name', name);
  node.append(label, input);
  input.setAttribute('aria-label', name || title);
  if (name === '') {
    label.remove();
  }
  return {
    node,
    show: value => {
      if (document.activeElement !== input) {
        set(value);
      }
    },
    enable: isEnabled => {
      input.disabled = !isEnabled;
    }
  };
}

/** Put controls that belong together in a group with a name. */
export function group(name: string, ...nodes: readonly HTMLElement[]): HTMLElement {
  const node = element('div', 'jp-StreamOptions-group');
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', name);
  node.append(...nodes);
  return node;
}
