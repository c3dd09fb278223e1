/**
 * Stands in for `@dfinity/candid` inside canisters. azle touches it only to describe methods in its
 * automatic mode; Fabrica's canisters register every method in manual mode, have their own codec, and
 * their interface is printed at build time. Leaving the package out saves 50 KB of JavaScript, whose
 * parsing costs about a million instructions per KB at every installation and upgrade.
 */
const NOTHING: readonly [text: string, types: object] = ['', {}];

/** A type that nobody reads. */
class Untyped {
  readonly argTypes: readonly unknown[] = [];

  accept(): typeof NOTHING {
    return NOTHING;
  }
}

const unavailable = (): never => {
  throw new Error('A canister of Fabrica encodes by its schemas, not by IDL');
};

export const IDL = {
  Visitor: class {},
  Func: (): Untyped => new Untyped(),
  Service: (): Untyped => new Untyped(),
  encode: unavailable,
  decode: unavailable,
};
