import { Cell, stored } from '@fabrica/core/store';

import { Ledger } from '../../model/ledger.ts';
import { TokenInit } from '../../order-schema.ts';
import { ledgerMemory, space } from './memory.ts';

/** The order this token was made from. */
export const order = new Cell(space.order, stored(1, TokenInit));

let opened: Ledger | undefined;

/**
 * The token's ledger. Opened by the first message that needs it, as stable memory cannot be read while
 * the module is being built.
 */
export function ledger(): Ledger {
  opened ??= new Ledger(ledgerMemory, order.get());
  return opened;
}
