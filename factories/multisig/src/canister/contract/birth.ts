import type { Context } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import type { WalletContract } from '../../candid.ts';
import { birth as makeWallet } from '../../model/birth.ts';
import { hasherOf } from '../../model/proposals/proposal-hash.ts';
import { base, wallet } from './wallet.ts';

/**
 * Sets up a wallet as ordered.
 *
 * @throws Error if the order breaks its rules: whoever installs the module by hand is told here.
 */
export function birth(
  { factory, owner, order }: Infer<(typeof WalletContract)['init'][0]>,
  { now, self }: Context,
): void {
  base.init(factory, owner);
  // Here and after upgrades, so that no proposal has to.
  hasherOf(self);
  const made = makeWallet(wallet, order, now);
  if ('Err' in made) throw new Error(`${made.Err.code}: ${made.Err.message} ${made.Err.action}`);
}
