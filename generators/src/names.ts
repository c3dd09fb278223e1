/** `time-lock` or `timeLock` as `timeLock`. */
export function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `time-lock` or `timeLock` as `TimeLock`. */
export function pascal(name: string): string {
  const text = camel(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `timeLock` as `time-lock`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `time-lock` as `time_lock`: the names of canisters in `dfx.json`. */
export function snake(name: string): string {
  return kebab(name).replaceAll('-', '_');
}

/** `time-lock` as `time lock`, for texts. */
export function words(name: string): string {
  return kebab(name).replaceAll('-', ' ');
}

/** More than one of what a word names, for words that follow the rule. */
export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
