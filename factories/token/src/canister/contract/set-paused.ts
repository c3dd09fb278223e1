import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { checkPause } from '../../model/pause.ts';
import { order, setPause } from './ledger.ts';

export const setPaused = handle(TokenContract.methods.setPaused, (pause, context) => {
  const checked = checkPause(order.get().pauser, context.caller);
  if ('Ok' in checked) setPause(pause);
  return checked;
});
