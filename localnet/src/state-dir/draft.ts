import type { ChunkSink, Ref } from '../replica/index.ts';
import type { KnownChunks } from './known-chunks.ts';
import { hashOf, type PackWriter } from './pack.ts';

/** References are a pack's number times this, and a place in it. */
export const PACK_SPAN = 2 ** 40;

/** A checkpoint being written. What it learns about what is stored holds once it is complete. */
export class Draft implements ChunkSink {
  readonly #pack: PackWriter;
  readonly #number: number;
  readonly #known: KnownChunks;
  readonly #arrays = new Map<Uint8Array, Ref>();
  readonly #hashes = new Map<string, Ref>();
  readonly #owned = new Map<object, { readonly revision: number; readonly ref: Ref }>();

  /** @param known What need not be written again. */
  constructor(pack: PackWriter, number: number, known: KnownChunks) {
    this.#pack = pack;
    this.#number = number;
    this.#known = known;
  }

  put(bytes: Uint8Array): Ref {
    const same = this.#known.array(bytes) ?? this.#arrays.get(bytes);
    if (same !== undefined) return same;
    const hash = hashOf(bytes);
    const key = hash.toString('latin1');
    const ref = this.#known.content(key) ?? this.#hashes.get(key) ?? this.#write(key, hash, bytes);
    this.#arrays.set(bytes, ref);
    return ref;
  }

  once(owner: object, revision: number, make: () => Ref): Ref {
    const known = this.#known.owned(owner, revision);
    if (known !== undefined) return known;
    const ref = make();
    this.#owned.set(owner, { revision, ref });
    return ref;
  }

  /** Tells what is stored now. */
  teach(known: KnownChunks): void {
    for (const [bytes, ref] of this.#arrays) known.addArray(bytes, ref);
    for (const [hash, ref] of this.#hashes) known.addContent(hash, ref);
    for (const [owner, { revision, ref }] of this.#owned) known.addOwned(owner, revision, ref);
  }

  #write(key: string, hash: Buffer, bytes: Uint8Array): Ref {
    const ref = this.#number * PACK_SPAN + this.#pack.add(hash, bytes);
    this.#hashes.set(key, ref);
    return ref;
  }
}
