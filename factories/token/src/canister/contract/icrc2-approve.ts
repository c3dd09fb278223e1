import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { approve } from '../../model/approve.ts';
import { ledger } from './ledger.ts';
import { recorded } from './recorded.ts';

export const icrc2_approve = handle(TokenContract.methods.icrc2_approve, (arg, context) => {
  return recorded(approve(ledger(), context.caller, arg, context.now), arg.created_at_time);
});
