import type { Ref } from '../replica/index.ts';

/** What is stored already: by identity, by content, and by owner and revision. */
export class KnownChunks {
  readonly #byArray = new WeakMap<Uint8Array, Ref>();
  readonly #byHash = new Map<string, Ref>();
  readonly #byOwner = new WeakMap<object, { readonly revision: number; readonly ref: Ref }>();

  array(bytes: Uint8Array): Ref | undefined {
    return this.#byArray.get(bytes);
  }

  content(hash: string): Ref | undefined {
    return this.#byHash.get(hash);
  }

  owned(owner: object, revision: number): Ref | undefined {
    const known = this.#byOwner.get(owner);
    return known?.revision === revision ? known.ref : undefined;
  }

  addArray(bytes: Uint8Array, ref: Ref): void {
    this.#byArray.set(bytes, ref);
  }

  addContent(hash: string, ref: Ref): void {
    this.#byHash.set(hash, ref);
  }

  addOwned(owner: object, revision: number, ref: Ref): void {
    this.#byOwner.set(owner, { revision, ref });
  }
}
