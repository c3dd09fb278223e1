import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { balanceOf } from '../../model/queries.ts';
import { ledger } from './ledger.ts';

export const icrc1_balance_of = handle(TokenContract.methods.icrc1_balance_of, (account) =>
  balanceOf(ledger(), account),
);
