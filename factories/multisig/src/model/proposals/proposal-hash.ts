import { ascii, binary } from '@fabrica/core/store';

import { sha256After } from '@fabrica/core/crypto';

/** What the hashes of proposals begin with, so that they are hashes of nothing else. */
const DOMAIN = ascii('fabrica multisig proposal 1');
const PREFIX_BYTES = 64;

/**
 * What an approval names: SHA-256 of a prefix of 64 bytes and the actions, as the body of a Candid value of
 * type `vec Action`. The prefix is the text above, the length of the wallet's principal in one byte, the
 * principal, and zeros. So it is another for every wallet and for every change of an action.
 *
 * The prefix is one block of SHA-256, taken in once: a plain transfer costs one more, 0.65 M instructions.
 */
export function proposalHash(self: Uint8Array, actions: Uint8Array): Uint8Array {
  return hasherOf(self)(actions);
}

/** Takes the prefix in, and remembers it. */
export function hasherOf(self: Uint8Array): Hash {
  const wallet = binary(self);
  if (hasher?.wallet !== wallet) hasher = { wallet, hash: sha256After(hashPrefix(self)) };
  return hasher.hash;
}

type Hash = (actions: Uint8Array) => Uint8Array;

/** The first 64 bytes of what is hashed. */
export function hashPrefix(self: Uint8Array): Uint8Array {
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix.set(DOMAIN);
  prefix[DOMAIN.length] = self.length;
  prefix.set(self, DOMAIN.length + 1);
  return prefix;
}

let hasher: { readonly wallet: string; readonly hash: Hash } | undefined;
