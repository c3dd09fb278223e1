/**
 * Stands in for `@dfinity/principal` inside canisters, where a principal is its bytes: azle only wraps and
 * unwraps them. Texts, checksums and hashes of principals are for clients, which use the package itself.
 */
export class Principal {
  readonly _isPrincipal = true;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  static fromUint8Array(bytes: Uint8Array): Principal {
    return new Principal(bytes);
  }

  toUint8Array(): Uint8Array {
    return this.#bytes;
  }

  static fromText(): never {
    throw new Error('In a canister a principal is its bytes; decode its text in the client');
  }
}
