import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { transfer } from '../../model/transfer.ts';
import { forgetLater } from './forgetting.ts';
import { ledger } from './ledger.ts';

export const icrc1_transfer = handle(TokenContract.methods.icrc1_transfer, (arg, context) => {
  const result = transfer(ledger(), context.caller, arg, context.now);
  if (arg.created_at_time !== null) forgetLater();
  return result;
});
