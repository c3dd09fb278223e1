import { contractBase } from '@fabrica/core/canister';

import { multisigFactory } from '../../definition.ts';
import type { Effect } from '../../model/config/effects.ts';
import { holdersNow } from '../../model/config/holders-now.ts';
import { isMember } from '../../model/config/roster.ts';
import { Wallet } from '../../model/wallet.ts';
import { space } from './memory.ts';

/** The kernel's part of the contract: its bond with the factory that made it. */
export const base = contractBase(multisigFactory, space, {
  holders: (from, limit) => holdersNow(wallet.config.get()).slice(from, from + limit),
  knows: ({ caller }) => isMember(wallet.config.get(), caller),
});

/** This canister's wallet, in its stable memory. */
export const wallet = new Wallet(space, tell);

/** Keeps what the kernel keeps of a contract, and lets the factory know. */
function tell(effect: Effect): void {
  if ('RoleAdded' in effect || 'RoleRemoved' in effect) return base.notify(effect);
  if ('Paused' in effect) return base.setStatus(effect.Paused ? 'paused' : 'active');
  const identity = base.identity.get();
  if ('AutoUpdate' in effect) {
    if (identity.autoUpdate === effect.AutoUpdate) return;
    base.identity.set({ ...identity, autoUpdate: effect.AutoUpdate });
    return base.notify({ AutoUpdateChanged: effect.AutoUpdate });
  }
  if (identity.isPublic === effect.Visibility) return;
  base.identity.set({ ...identity, isPublic: effect.Visibility });
  base.notify({ VisibilityChanged: effect.Visibility });
}
