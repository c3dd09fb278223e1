import { ok, type Result } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { feeOf } from '../model/administration/ledger-fees.ts';
import { chooseLedger, type ChosenLedger } from '../model/administration/ledgers.ts';
import { gateway } from './memory.ts';
import { refuseStranger, tellAdministration } from './guards.ts';
import { feeWatch } from './workers/ledger-fee.ts';

/** The ledger that an order or a question names; the gateway's own if none. */
export function choose(named: Uint8Array | null): Result<ChosenLedger> {
  const { ledgers, config, canisters } = gateway;
  return chooseLedger(named, canisters.get().ledger, ledgers, (id) => config.ledgerEnabled(id));
}

/** The ledgers that orders may be paid in: the gateway's own first. */
export const getLedgers = handle(GatewayService.methods.getLedgers, () => {
  const { ledgers, config, canisters, ledgerFees } = gateway;
  const entry = (id: string | null, ledger: Uint8Array) => ({
    id,
    ledger,
    enabled: id === null || config.ledgerEnabled(id),
    ledgerFee: feeOf(ledgerFees.get(), ledger)?.fee ?? null,
  });
  return [
    entry(null, canisters.get().ledger),
    ...ledgers.all.map(({ id, canister }) => entry(id, canister)),
  ];
});

/** Adds a ledger that orders may be paid in, once fees are set in it as `<factory>.fee.<id>`. */
export const registerLedger = handle(
  GatewayService.methods.registerLedger,
  (id, canister, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const own = gateway.canisters.get().ledger;
    const registered = gateway.ledgers.register(id, canister, own, context.now);
    if ('Err' in registered) return registered;
    tellAdministration(context, 'ledger.registered', id);
    feeWatch.wake();
    return ok(null);
  },
  { audience: 'identified' },
);
