import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { transferFrom } from '../../model/transfer-from.ts';
import { forgetLater } from './forgetting.ts';
import { ledger } from './ledger.ts';

export const icrc2_transfer_from = handle(
  TokenContract.methods.icrc2_transfer_from,
  (arg, context) => {
    const result = transferFrom(ledger(), context.caller, arg, context.now);
    if (arg.created_at_time !== null) forgetLater();
    return result;
  },
);
