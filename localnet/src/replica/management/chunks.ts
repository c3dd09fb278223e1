import type { Principal } from '@dfinity/principal';

import { MANAGEMENT_INSTRUCTIONS } from '../config/prices.ts';
import { executionCost } from '../cycles/costs.ts';
import { withdraw } from '../cycles/prepay.ts';
import { chunkError } from '../state/chunk-store.ts';
import { type Context, controlledOrSelf } from './call.ts';

/** `upload_chunk`: into the canister's own store, at the canister's cost. */
export function uploadChunk(
  context: Context,
  { canister_id, chunk }: { canister_id: Principal; chunk: Uint8Array },
): unknown {
  const canister = controlledOrSelf(context, canister_id.toUint8Array());
  const cost = executionCost(canister.subnet, MANAGEMENT_INSTRUCTIONS.uploadChunk, false);
  const refused = withdraw(canister, cost, context.call.caller);
  if (refused) throw chunkError(refused.message);
  return { hash: canister.chunks.add(chunk) };
}

/** `stored_chunks`. */
export function storedChunks(
  context: Context,
  { canister_id }: { canister_id: Principal },
): unknown {
  const canister = controlledOrSelf(context, canister_id.toUint8Array());
  return canister.chunks.hashes().map((hash) => ({ hash }));
}

/** `clear_chunk_store`. */
export function clearChunkStore(
  context: Context,
  { canister_id }: { canister_id: Principal },
): undefined {
  controlledOrSelf(context, canister_id.toUint8Array()).chunks.clear();
}
