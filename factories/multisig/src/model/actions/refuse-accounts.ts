import type { Refused } from '@fabrica/core';

import { multisigErrors } from '../../errors.ts';
import { crc32 } from './crc32.ts';

const SUBACCOUNT_BYTES = 32;
const MAX_MEMO_BYTES = 32;
const ACCOUNT_ID_BYTES = 32;
const CHECKSUM_BYTES = 4;

/** Why bytes cannot be a subaccount, or `null`. */
export function refuseSubaccount(bytes: Uint8Array | null, position: number): Refused | null {
  if (bytes === null || bytes.length === SUBACCOUNT_BYTES) return null;
  return multisigErrors.action_subaccount({ position, length: bytes.length });
}

/** Why bytes cannot be a memo, or `null`. 32 bytes are what every ICRC-1 ledger must take. */
export function refuseMemo(bytes: Uint8Array | null, position: number): Refused | null {
  if (bytes === null || bytes.length <= MAX_MEMO_BYTES) return null;
  return multisigErrors.action_memo({ position, length: bytes.length });
}

/** Why bytes cannot be an account identifier of the ICP ledger, or `null`. Its first 4 bytes check the others. */
export function refuseAccountId(bytes: Uint8Array, position: number): Refused | null {
  if (bytes.length === ACCOUNT_ID_BYTES) {
    const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (checksum === crc32(bytes.subarray(CHECKSUM_BYTES))) return null;
  }
  return multisigErrors.action_account_id({ position });
}
