import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { solvencyBook } from '../model/orders/solvency.ts';
import { gateway } from './memory.ts';
import { refuseHaste } from './guards.ts';
import { lookAt } from './workers/solvency-watch.ts';

/** The books of every ledger. Public: users can see that what is owed is there. */
export const getSolvency = handle(GatewayService.methods.getSolvency, () =>
  gateway.journal.overview.books.map((book) =>
    solvencyBook(book, gateway.treasury.outflow(book.ledger)),
  ),
);

/** Compares a ledger's books with what the ledger says the gateway holds, now. */
export const checkSolvency = handle(
  GatewayService.methods.checkSolvency,
  async (inLedger, context) => {
    const refused = refuseHaste(context);
    if (refused !== null) return refused;
    const found = await lookAt(inLedger ?? gateway.canisters.get().ledger, context);
    if (typeof found !== 'string') return ok(found);
    return gatewayErrors.ledger_silent({ reason: found });
  },
  { audience: 'identified' },
);
