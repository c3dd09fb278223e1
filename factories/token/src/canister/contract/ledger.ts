import { c } from '@fabrica/core/candid';
import { Cell, stored } from '@fabrica/core/store';

import { Followers } from '../../model/followers.ts';
import { Ledger } from '../../model/ledger.ts';
import { TokenInit } from '../../order-schema.ts';
import { Account } from '../../standards.ts';
import { followerMemory, ledgerMemory, space } from './memory.ts';

/** The order this token was made from. */
export const order = new Cell(space.order, stored(1, TokenInit));

/** Who mints, once that is no longer as ordered. */
const Authority = c.record({ minter: c.opt(Account) });
const authority = new Cell(space.authority, stored(1, c.opt(Authority)), null);

let opened: Ledger | undefined;
let following: Followers | undefined;

/**
 * The token's ledger. Opened by the first message that needs it, as stable memory cannot be read while
 * the module is being built.
 */
export function ledger(): Ledger {
  opened ??= new Ledger(ledgerMemory, { ...order.get(), ...authority.get() });
  return opened;
}

/** What follows the ledger's blocks. */
export function followers(): Followers {
  following ??= new Followers(followerMemory, ledger());
  return following;
}

/** Hands the right to mint and burn to an account, or to nobody for good. */
export function handOver(minter: Account | null): void {
  authority.set({ minter });
  ledger().minter = minter;
}
