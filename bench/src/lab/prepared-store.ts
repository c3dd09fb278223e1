import { type ByteStore } from '@fabrica/core/store';

/** Bytes of entries sent to the loader in one message. */
const BATCH_BYTES = 1_000_000;

/** A store in this process whose entries are then loaded into a canister's stable memory. */
export class PreparedStore implements ByteStore {
  readonly #entries = new Map<string, Uint8Array>();

  get(key: Uint8Array): Uint8Array | null {
    return this.#entries.get(nameOf(key))?.slice() ?? null;
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.#entries.set(nameOf(key), value.slice());
  }

  delete(key: Uint8Array): void {
    this.#entries.delete(nameOf(key));
  }

  /** How many entries there are. */
  get size(): number {
    return this.#entries.size;
  }

  /** The entries as the loader takes them, in batches, in the order in which they were first written. */
  *batches(): Generator<Uint8Array> {
    let parts: Buffer[] = [];
    let length = 0;
    for (const [name, value] of this.#entries) {
      const key = Buffer.from(name, 'latin1');
      const head = Buffer.of(key.length >> 8, key.length, value.length >> 8, value.length);
      parts.push(head, key, Buffer.from(value));
      length += 4 + key.length + value.length;
      if (length < BATCH_BYTES) continue;
      yield new Uint8Array(Buffer.concat(parts));
      parts = [];
      length = 0;
    }
    if (length > 0) yield new Uint8Array(Buffer.concat(parts));
  }
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
