import { ok } from '@fabrica/core';
import { call, handle } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { emptyBook, type LedgerBook } from '../model/orders/books.ts';
import { judge } from '../model/orders/solvency.ts';
import { Ledger } from '../peers/ledger.ts';
import { gateway } from './memory.ts';

/** The books of every ledger. Public: users can see that what is owed is there. */
export const getSolvency = handle(
  GatewayService.methods.getSolvency,
  () => gateway.journal.overview.books,
);

/** Compares a ledger's books with what the ledger says the gateway holds. */
export const checkSolvency = handle(
  GatewayService.methods.checkSolvency,
  async (inLedger, { self }) => {
    const ledger = inLedger ?? gateway.canisters.get().ledger;
    const before = bookOf(ledger);
    const outcome = await call(ledger, Ledger.methods.icrc1_balance_of, [
      { owner: self, subaccount: null },
    ]);
    if (!outcome.ok)
      return gatewayErrors.ledger_silent({ reason: outcome.failure.message.slice(0, 300) });
    const book = bookOf(ledger);
    return ok({
      book,
      held: outcome.value,
      ...judge(before, book, outcome.value),
    });
  },
  { audience: 'identified' },
);

function bookOf(ledger: Uint8Array): LedgerBook {
  const { books } = gateway.journal.overview;
  return books.find((book) => equal(book.ledger, ledger)) ?? emptyBook(ledger);
}
