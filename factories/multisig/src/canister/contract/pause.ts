import { WalletContract } from '../../candid.ts';
import { pause as pauseWallet } from '../../model/guardians.ts';
import { onDemand } from './on-demand.ts';
import { wallet } from './wallet.ts';

export const pause = onDemand(
  WalletContract.methods.pause,
  (reason, context) => pauseWallet(wallet, reason, context),
  { audience: 'identified' },
);
