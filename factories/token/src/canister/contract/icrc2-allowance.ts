import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { allowance } from '../../model/queries.ts';
import { ledger } from './ledger.ts';

export const icrc2_allowance = handle(TokenContract.methods.icrc2_allowance, (args, context) =>
  allowance(ledger(), args, context.now),
);
