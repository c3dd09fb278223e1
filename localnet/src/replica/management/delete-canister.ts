import type { Principal } from '@dfinity/principal';

import { Refused } from '../errors/rejection.ts';
import { sameBytes } from '../ids.ts';
import { type Context, controlled } from './call.ts';

/** `delete_canister`: its cycles are destroyed, its id is never used again. */
export function deleteCanister(
  context: Context,
  { canister_id }: { canister_id: Principal },
): undefined {
  const canister = controlled(context, canister_id.toUint8Array());
  if (sameBytes(context.call.caller, canister.id)) {
    const text = `Canister ${canister.text} cannot delete itself.`;
    throw new Refused('CanisterInvalidController', text);
  }
  if (canister.status.kind !== 'stopped') {
    const text = `Canister ${canister.text} must be stopped before it is deleted.`;
    throw new Refused('CanisterNotStopped', text);
  }
  if (canister.callbacks.size > 0) {
    throw new Refused(
      'CanisterQueueNotEmpty',
      `Canister ${canister.text} has messages in its queues and cannot be deleted now. ` +
        'Please retry after some time.',
    );
  }
  canister.code?.heap.discard();
  context.world.canisters.delete(canister.key);
  canister.subnet.canisters.delete(canister);
}
