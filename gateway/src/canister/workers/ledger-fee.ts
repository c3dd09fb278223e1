import { call, worker } from '@fabrica/core/canister';

import { withFee } from '../../model/administration/ledger-fees.ts';
import { Ledger } from '../../peers/ledger.ts';
import { gateway } from '../memory.ts';

/** Seconds until a ledger that did not tell its fee is asked again. */
const RETRY = 60;

/** Asks the ledger for its fee, so that quotes know it without waiting. */
export const feeWatch = worker(async (context) => {
  const { ledger } = gateway.canisters.get();
  const told = await call(ledger, Ledger.methods.icrc1_fee, []);
  if (!told.ok) return RETRY;
  const fees = gateway.ledgerFees.get();
  gateway.ledgerFees.set(withFee(fees, { ledger, fee: told.value, at: context.now }));
  return null;
});
