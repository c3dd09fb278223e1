import { call, worker } from '@fabrica/core/canister';
import { binary } from '@fabrica/core/store';

import { feeOf, isStale, withFee } from '../../model/administration/ledger-fees.ts';
import { Ledger } from '../../peers/ledger.ts';
import { gateway } from '../memory.ts';
import { inOwnLane } from './lanes.ts';

/** Seconds until a ledger that did not tell its fee is asked again. */
const RETRY = 60;

/** Ledgers that are being asked: one that keeps silent is asked once, and holds up no other. */
const asked = new Set<string>();

/** Asks the ledgers for their fees, so that quotes know them without waiting. */
export const feeWatch = worker((context) => {
  const { canisters, ledgers, ledgerFees } = gateway;
  const all = [canisters.get().ledger, ...ledgers.all.map(({ canister }) => canister)];
  for (const ledger of all) {
    if (isStale(feeOf(ledgerFees.get(), ledger), context.now)) ask(ledger);
  }
  return null;
});

function ask(ledger: Uint8Array): void {
  const name = binary(ledger);
  if (asked.has(name)) return;
  asked.add(name);
  inOwnLane(async (context) => {
    try {
      const told = await call(ledger, Ledger.methods.icrc1_fee, []);
      if (!told.ok) return feeWatch.wake(RETRY);
      const fees = gateway.ledgerFees.get();
      gateway.ledgerFees.set(withFee(fees, { ledger, fee: told.value, at: context.now }));
    } finally {
      asked.delete(name);
    }
  });
}
