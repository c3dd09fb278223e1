import type { Codec } from '@fabrica/core/store';

/** Which of a log's entries this canister holds: those from `first` to the end. */
export interface Held {
  /** Number of the oldest entry held. Range: 0 to 2^32 - 1. */
  readonly first: number;
  /** Bytes of the entries before `first`, as far as they ever were in this canister. */
  readonly bytesBefore: number;
}

/** What a log holds from which nothing was archived: everything. */
export const ALL: Held = { first: 0, bytesBefore: 0 };

const VERSION = 1;
const BYTES = 13;

/** How it is stored: version, first (32 bits), bytes (64 bits). */
export const heldCodec: Codec<Held> = {
  encode({ first, bytesBefore }) {
    const stored = new Uint8Array(BYTES);
    const view = new DataView(stored.buffer);
    stored[0] = VERSION;
    view.setUint32(1, first);
    view.setBigUint64(5, BigInt(bytesBefore));
    return stored;
  },
  decode(stored) {
    if (stored[0] !== VERSION) throw new Error(`No reader for stored version ${stored[0]}`);
    const view = new DataView(stored.buffer, stored.byteOffset);
    return { first: view.getUint32(1), bytesBefore: Number(view.getBigUint64(5)) };
  },
};
