import { MAX_HOLDERS_AT_BIRTH, type Result } from '@fabrica/core';

import type { WalletInit } from '../schemas/order.ts';
import { configOfOrder } from './order/config-of-order.ts';
import { holdersAtBirth } from './order/holders.ts';
import type { Wallet } from './wallet.ts';

/** Makes the wallet that an order asks for. The factory has checked it; whoever installs by hand has not. */
export function birth(wallet: Wallet, order: WalletInit, now: bigint): Result<null> {
  const made = configOfOrder(order, now);
  if ('Err' in made) return made;
  wallet.config.set(made.Ok);
  wallet.note({ Created: null }, null, now);
  if (!order.isPublic) wallet.emit({ Visibility: false });
  // The factory indexed the first ones itself, when it made this contract.
  for (const { role, principal } of holdersAtBirth(order).slice(MAX_HOLDERS_AT_BIRTH)) {
    wallet.emit({ RoleAdded: { role, user: principal } });
  }
  return { Ok: null };
}
