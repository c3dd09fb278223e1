import { c } from '@fabrica/core/candid';
import { Cell, stored } from '@fabrica/core/store';

import { isArchive } from '../../model/archive/is-archive.ts';
import { Followers } from '../../model/followers.ts';
import { Ledger } from '../../model/ledger.ts';
import { storedOrder } from '../../model/stored-order.ts';
import { Account } from '../../standards.ts';
import { followerMemory, ledgerMemory, space } from './memory.ts';

/** The order this token was made from. */
export const order = new Cell(space.order, storedOrder);

/** Whether the token is paused. */
const paused = new Cell(space.paused, stored(1, c.bool), false);

/** Who mints, once that is no longer as ordered. */
const Authority = c.record({ minter: c.opt(Account) });
const authority = new Cell(space.authority, stored(1, c.opt(Authority)), null);

let opened: Ledger | undefined;
let following: Followers | undefined;

/**
 * The token's ledger. Opened by the first message that needs it, as stable memory cannot be read while
 * the module is being built.
 *
 * @throws Error in an archive, which has none.
 */
export function ledger(): Ledger {
  if (opened === undefined) {
    if (isArchive(order.get())) {
      throw new Error('An archive moves and counts no tokens. Ask the ledger.');
    }
    opened = new Ledger(ledgerMemory, { ...order.get(), ...authority.get() });
    opened.paused = paused.get();
  }
  return opened;
}

/** What follows the ledger's blocks. */
export function followers(): Followers {
  following ??= new Followers(followerMemory, ledger());
  return following;
}

/** Has nothing recorded any more, or has the token go on. */
export function setPause(pause: boolean): void {
  if (ledger().paused === pause) return;
  paused.set(pause);
  ledger().paused = pause;
}

/** Hands the right to mint and burn to an account, or to nobody for good. */
export function handOver(minter: Account | null): void {
  authority.set({ minter });
  ledger().minter = minter;
}
