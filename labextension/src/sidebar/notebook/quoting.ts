/** What needs no quotes on a magic's line; all names that Kafka allows are of these. */
const PLAIN = /^[\w.-]+$/;

/** What would end a line, or cannot be seen on it. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * Say whether a text can be an argument on a magic's line; else Python has to do.
 *
 * What begins with `-` would be an option, and IPython puts variables in the place of `{name}` and
 * `$name`.
 */
export function canBeArgument(text: string): boolean {
  return text.search(UNPRINTABLE) < 0 && !/^-|[{}$]/.test(text);
}

/** Write an argument as one word of a magic's line, which is read as a POSIX shell does. */
export function magicWord(text: string): string {
  if (PLAIN.test(text)) {
    return text;
  }
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** Write a text as a literal of Python's. */
export function pythonText(text: string): string {
  const escaped = (sign: string): string => {
    const number = (sign.codePointAt(0) ?? 0).toString(16);
    return number.length > 4 ? `\\U${number.padStart(8, '0')}` : `\\u${number.padStart(4, '0')}`;
  };
  return JSON.stringify(text).replaceAll(UNPRINTABLE, escaped);
}

/** Write a path as a pattern that is like this path only. */
export function pathPattern(path: string): string {
  return path.replaceAll(/[[*?]/g, '[$&]');
}
