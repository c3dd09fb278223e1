import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { transferFrom } from '../../model/transfer-from.ts';
import { ledger } from './ledger.ts';
import { recorded } from './recorded.ts';

export const icrc2_transfer_from = handle(
  TokenContract.methods.icrc2_transfer_from,
  (arg, context) => {
    return recorded(transferFrom(ledger(), context.caller, arg, context.now), arg.created_at_time);
  },
);
