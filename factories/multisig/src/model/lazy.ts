const waiting = new Set<() => unknown>();

/**
 * A value that is made when it is first asked for, or by {@link makeWaiting}.
 *
 * Codecs of wide types are costly to make, and installation has to make everything else: put off, they take
 * 120 M instructions out of the message that installs a wallet.
 */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  const get = (): T => {
    if (made === undefined) {
      waiting.delete(get);
      made = { value: make() };
    }
    return made.value;
  };
  waiting.add(get);
  return get;
}

/** Makes all that was put off, so that no message of a user, and no query again and again, has to. */
export function makeWaiting(): void {
  for (const get of waiting) get();
}
