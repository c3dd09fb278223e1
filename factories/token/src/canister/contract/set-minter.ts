import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { checkHandOver } from '../../model/hand-over.ts';
import { handOver, ledger } from './ledger.ts';

export const setMinter = handle(TokenContract.methods.setMinter, (minter, context) => {
  const checked = checkHandOver(ledger(), context.caller, minter);
  if ('Ok' in checked) handOver(minter);
  return checked;
});
