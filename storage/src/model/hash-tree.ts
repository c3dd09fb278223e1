import { ascii, concat, u32 } from '@fabrica/core/store';
import { HASH_BYTES, sha256 } from './sha256.ts';

/** Where the log ends. */
export interface Tip {
  /** Entries in the log, so the number that the next one gets. Range: 0 to 2^32 - 1. */
  readonly length: number;
  /** Hash of the last entry; {@link GENESIS} while there is none. */
  readonly hash: Uint8Array;
}

/** What the first entry names as the hash before it. */
export const GENESIS = new Uint8Array(HASH_BYTES);

/** The one label of the certified tree. */
export const TIP_LABEL = 'tip';

/** The leaf under {@link TIP_LABEL}: the length as 4 big-endian bytes, then the hash. */
const LEAF_BYTES = 4 + HASH_BYTES;

/**
 * The root of a certified tree with one labelled leaf, as the interface specification hashes it
 * (https://internetcomputer.org/docs/references/ic-interface-spec#certification-encoding).
 *
 * Length and hash share one leaf because then the whole tree is two blocks of SHA-256; a leaf for each
 * would make it seven, 3 M instructions more on every append.
 */
export function tipRoot(tip: Tip): Uint8Array {
  const leaf = sha256(concat(LEAF_DOMAIN, tipLeaf(tip)));
  return sha256(concat(LABELED_DOMAIN, LABEL, leaf));
}

/** The tree itself in CBOR, `labeled("tip", leaf)`: the witness that leads from the root to the tip. */
export function tipWitness(tip: Tip): Uint8Array {
  return concat(WITNESS_HEAD, tipLeaf(tip));
}

/** The tip that a leaf states; `null` if it is not such a leaf. */
export function readTipLeaf(leaf: Uint8Array): Tip | null {
  if (leaf.length !== LEAF_BYTES) return null;
  const view = new DataView(leaf.buffer, leaf.byteOffset);
  return { length: view.getUint32(0), hash: leaf.slice(4) };
}

function tipLeaf({ length, hash }: Tip): Uint8Array {
  return concat(u32(length), hash);
}

const LABEL = ascii(TIP_LABEL);
const LEAF_DOMAIN = domain('ic-hashtree-leaf');
const LABELED_DOMAIN = domain('ic-hashtree-labeled');
/** Self-described CBOR: [2, "tip", [3, bytes(36)]]. */
const WITNESS_HEAD = concat(
  Uint8Array.of(0xd9, 0xd9, 0xf7, 0x83, 2, 0x40 | LABEL.length),
  LABEL,
  Uint8Array.of(0x82, 3, 0x58, LEAF_BYTES),
);

function domain(name: string): Uint8Array {
  return concat(Uint8Array.of(name.length), ascii(name));
}
