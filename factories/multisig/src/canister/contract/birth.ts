import type { Context } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import type { WalletContract } from '../../candid.ts';
import { birth as makeWallet } from '../../model/birth.ts';
import { base } from './base.ts';
import { preparation } from './on-demand.ts';
import { wallet } from './wallet.ts';

/**
 * Sets up a wallet as ordered.
 *
 * @throws Error if the order breaks its rules: whoever installs the module by hand is told here.
 */
export function birth(
  { factory, owner, order }: Infer<(typeof WalletContract)['init'][0]>,
  { now }: Context,
): void {
  preparation.wake();
  base.init(factory, owner);
  const made = makeWallet(wallet, order, now);
  if ('Err' in made) throw new Error(`${made.Err.code}: ${made.Err.message} ${made.Err.action}`);
}
