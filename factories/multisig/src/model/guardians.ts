import type { Result } from '@fabrica/core';

import { multisigErrors } from '../errors.ts';
import { WALLET_LIMITS } from './config/limits.ts';
import { rosterOf } from './config/roster.ts';
import type { Moment } from './moment.ts';
import { refuseText } from './text.ts';
import type { Wallet } from './wallet.ts';

/**
 * Stops everything but changes of the wallet itself, at once, by one guardian. Signers lift it with the
 * change `Unpause`, and can remove the guardian in the same proposal. Pausing a paused wallet does nothing.
 */
export function pause(wallet: Wallet, reason: string, { caller, now }: Moment): Result<null> {
  const config = wallet.config.get();
  if (!rosterOf(config).has(caller, 'guardian')) return multisigErrors.not_a_guardian();
  const refused = refuseText('reason', reason, WALLET_LIMITS.reason);
  if (refused !== null) return refused;
  if (config.paused !== null) return { Ok: null };
  wallet.config.set({ ...config, paused: { by: caller, at: now, reason } });
  wallet.emit({ Paused: true });
  wallet.note({ Paused: reason }, caller, now);
  return { Ok: null };
}
