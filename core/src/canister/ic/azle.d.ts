/**
 * What Fabrica uses of azle 0.33. Declared here because azle ships its TypeScript source, which does
 * not compile under this project's stricter flags; `tsconfig.json` maps `azle` to this file for the
 * compiler alone, and the package itself is bundled as it is.
 * Reference: the files of the same names under azle's `src/stable/lib`.
 */
interface MethodContext {
  readonly kind: 'method';
  readonly name: string;
  readonly metadata: object;
  readonly static: false;
  readonly private: false;
  addInitializer(initializer: () => void): void;
}
type Decorator = (method: () => unknown, context: MethodContext) => void;
interface Manual {
  readonly manual: true;
}

export function query(
  args: [],
  result: undefined,
  options: Manual & { composite?: boolean },
): Decorator;
export function update(args: [], result: undefined, options: Manual): Decorator;
export function init(args: [], options: Manual): Decorator;
export function postUpgrade(args: [], options: Manual): Decorator;
export function inspectMessage(options: Manual): Decorator;

export function setTimer(seconds: number, callback: () => void | Promise<void>): bigint;
export function setTimerInterval(seconds: number, callback: () => void | Promise<void>): bigint;
