/**
 * What Fabrica uses of azle 0.33. Declared here because azle ships its TypeScript source, which does
 * not compile under this project's stricter flags; `tsconfig.json` maps `azle` to this file for the
 * compiler alone, and the package itself is bundled as it is.
 * Reference: the files of the same names under azle's `src/stable/lib`.
 */
export function setTimer(seconds: number, callback: () => void | Promise<void>): bigint;
export function setTimerInterval(seconds: number, callback: () => void | Promise<void>): bigint;
