import type { Principal } from '@dfinity/principal';

import { type Context, existing } from './call.ts';

/** `deposit_cycles`: all attached cycles, to any canister. */
export function depositCycles(
  context: Context,
  { canister_id }: { canister_id: Principal },
): undefined {
  const canister = existing(context, canister_id.toUint8Array());
  canister.cycles += context.call.cycles;
  context.call.cycles = 0n;
}

/** `provisional_top_up_canister`: cycles from nowhere. */
export function provisionalTopUpCanister(
  context: Context,
  { canister_id, amount }: { canister_id: Principal; amount: bigint },
): undefined {
  existing(context, canister_id.toUint8Array()).cycles += amount;
}
