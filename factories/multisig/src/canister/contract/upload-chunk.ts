import { call, handle } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import { multisigErrors } from '../../errors.ts';
import { rosterOf } from '../../model/config/roster.ts';
import { Management, MANAGEMENT_ID } from '../../peers/management.ts';
import { wallet } from './wallet.ts';

/**
 * Puts a piece of a module into the chunk store of a canister that the wallet controls, at that canister's
 * cost. By a signer; what is installed from there takes a proposal, which names the hashes.
 */
export const uploadChunk = handle(
  WalletContract.methods.uploadChunk,
  async (canister, chunk, context) => {
    if (!rosterOf(wallet.config.get()).has(context.caller, 'signer')) {
      return multisigErrors.not_a_signer();
    }
    const outcome = await call(MANAGEMENT_ID, Management.methods.upload_chunk, [
      { canister_id: canister, chunk },
    ]);
    if (!outcome.ok) return multisigErrors.upload_failed({ reason: outcome.failure.message });
    wallet.note({ ChunkUploaded: canister }, context.caller, context.now);
    return { Ok: outcome.value.hash };
  },
  { audience: 'identified' },
);
