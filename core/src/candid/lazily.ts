/** Codecs described at module scope that no call has needed yet. */
const waiting: (() => unknown)[] = [];

/** Past this many nothing is kept for later: a program that makes codecs without end must not grow with them. */
const MAX_WAITING = 5_000;

/**
 * A value built when it is first asked for. Building one codec costs a canister about a million
 * instructions, and it has a hundred: at installation most would be built for nothing.
 */
export function lazily<T extends object>(build: () => T): () => T {
  let built: T | undefined;
  const get = (): T => (built ??= build());
  if (waiting.length < MAX_WAITING) waiting.push(get);
  return get;
}

/**
 * Builds every codec described so far. A canister does it in a message of its own right after it was
 * installed or upgraded: what a query builds is lost with it, so a codec first used by queries would be
 * built again and again.
 */
export function prepareCodecs(): void {
  for (const build of waiting.splice(0)) build();
}
