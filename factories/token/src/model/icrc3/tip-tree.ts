import { sha256 } from '@fabrica/core/crypto';
import { ascii, concat } from '@fabrica/core/store';

import { leb128 } from './leb128.ts';

/*
 * The hash tree over the end of the log that ICRC-3 asks for: a fork of two labeled leaves, in the order of their
 * labels. Hashes and CBOR as the interface specification writes them:
 * https://internetcomputer.org/docs/references/ic-interface-spec#certification-encoding
 */
const HASH_LABEL = ascii('last_block_hash');
const INDEX_LABEL = ascii('last_block_index');

const FORK = domain('ic-hashtree-fork');
const LABELED = domain('ic-hashtree-labeled');
const LEAF = domain('ic-hashtree-leaf');

/** The root of the tree: what a ledger certifies. 32 bytes; about 5 M instructions. */
export function tipRoot(index: number, hash: Uint8Array): Uint8Array {
  return sha256(
    concat(FORK, labeled(HASH_LABEL, hash), labeled(INDEX_LABEL, leb128(BigInt(index)))),
  );
}

/** The tree in CBOR. */
export function tipTree(index: number, hash: Uint8Array): Uint8Array {
  return concat(
    // The tag of self-described CBOR, and an array of three: fork.
    Uint8Array.of(0xd9, 0xd9, 0xf7, 0x83, 0x01),
    encoded(HASH_LABEL, hash),
    encoded(INDEX_LABEL, leb128(BigInt(index))),
  );
}

function labeled(label: Uint8Array, leaf: Uint8Array): Uint8Array {
  return sha256(concat(LABELED, label, sha256(concat(LEAF, leaf))));
}

/** `[2, label, [3, leaf]]`. */
function encoded(label: Uint8Array, leaf: Uint8Array): Uint8Array {
  return concat(
    Uint8Array.of(0x83, 0x02),
    byteString(label),
    Uint8Array.of(0x82, 0x03),
    byteString(leaf),
  );
}

/** @param bytes at most 255. */
function byteString(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return concat(length < 24 ? Uint8Array.of(0x40 + length) : Uint8Array.of(0x58, length), bytes);
}

function domain(name: string): Uint8Array {
  return concat(Uint8Array.of(name.length), ascii(name));
}
