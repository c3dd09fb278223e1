import { ok, type Result } from '@fabrica/core';

import { tokenErrors } from '../errors.ts';
import { sameBytes } from './account.ts';

/** What every call that would be recorded is answered while the token is paused. */
export const PAUSED = Object.freeze({ Err: Object.freeze({ TemporarilyUnavailable: null }) });

/**
 * Whether `caller` may pause the token, or have it go on.
 *
 * @param pauser as ordered; `null` if nobody may.
 */
export function checkPause(pauser: Uint8Array | null, caller: Uint8Array): Result<null> {
  return pauser !== null && sameBytes(pauser, caller) ? ok(null) : tokenErrors.not_the_pauser();
}
