import { Cell, stored } from '@fabrica/core/store';

import { SealedLog } from '../../model/icrc3/sealed-log.ts';
import { Ledger } from '../../model/ledger.ts';
import { TokenInit } from '../../order-schema.ts';
import { ledgerMemory, space } from './memory.ts';

/** The order this token was made from. */
export const order = new Cell(space.order, stored(1, TokenInit));

/** The blocks as ICRC-3 returns them. */
export const sealed = new SealedLog(space.sealed);

let opened: Ledger | undefined;

/**
 * The token's ledger. Opened by the first message that needs it, as stable memory cannot be read while
 * the module is being built.
 */
export function ledger(): Ledger {
  opened ??= new Ledger(ledgerMemory, order.get());
  return opened;
}
