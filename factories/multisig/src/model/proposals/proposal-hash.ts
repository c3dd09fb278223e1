import { concat, u32 } from '@fabrica/core/store';

import { sha256 } from '../sha256.ts';

/**
 * What an approval names: SHA-256 of the wallet's principal, its length before it in one byte, the
 * proposal's number in 4 bytes, big-endian, and the actions as the body of a Candid value of type
 * `vec Action`. So it is another in every wallet, for every proposal and for every change of an action.
 */
export function proposalHash(self: Uint8Array, id: number, actions: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(self.length), self, u32(id), actions));
}
