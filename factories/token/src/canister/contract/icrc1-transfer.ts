import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { transfer } from '../../model/transfer.ts';
import { ledger } from './ledger.ts';
import { recorded } from './recorded.ts';

export const icrc1_transfer = handle(TokenContract.methods.icrc1_transfer, (arg, context) => {
  return recorded(transfer(ledger(), context.caller, arg, context.now), arg.created_at_time);
});
