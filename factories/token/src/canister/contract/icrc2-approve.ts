import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { approve } from '../../model/approve.ts';
import { forgetLater } from './forgetting.ts';
import { ledger } from './ledger.ts';

export const icrc2_approve = handle(TokenContract.methods.icrc2_approve, (arg, context) => {
  const result = approve(ledger(), context.caller, arg, context.now);
  if (arg.created_at_time !== null) forgetLater();
  return result;
});
