import { handle } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import { pause as pauseWallet } from '../../model/guardians.ts';
import { wallet } from './wallet.ts';

export const pause = handle(
  WalletContract.methods.pause,
  (reason, context) => pauseWallet(wallet, reason, context),
  { audience: 'identified' },
);
