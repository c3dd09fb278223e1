import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { GatewayService } from '../candid.ts';
import { sameAccount } from '../model/treasury/rules.ts';
import { gatewayErrors } from '../errors.ts';
import { gateway } from './memory.ts';
import { refuseStranger, tellAdministration } from './guards.ts';
import { feeWatch } from './workers/ledger-fee.ts';

/** The canisters the gateway works with. */
export const getCanisterIds = handle(GatewayService.methods.getCanisterIds, () =>
  gateway.canisters.get(),
);

/**
 * Changes the canisters the gateway works with. Open orders stay with the ledger they were accepted in. A changed
 * treasury gets nothing for a day: see `model/treasury/rules.ts`.
 */
export const setCanisterIds = handle(
  GatewayService.methods.setCanisterIds,
  (ids, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const old = gateway.canisters.get();
    if (gateway.ledgers.idOf(ids.ledger) !== null) return gatewayErrors.ledger_registered();
    gateway.canisters.set(ids);
    if (!same(old.audit, ids.audit)) gateway.audit.renumber(0n);
    if (!same(old.invoice, ids.invoice)) gateway.invoice.renumber(0n);
    const { treasury } = ids;
    const kept =
      treasury === null || old.treasury === null
        ? treasury === old.treasury
        : sameAccount(treasury, old.treasury);
    if (!kept) gateway.treasury.noteChange(context.now);
    tellAdministration(context, kept ? 'canisters.changed' : 'treasury.changed', '', {
      Warning: null,
    });
    feeWatch.wake();
    return ok(null);
  },
  { audience: 'identified' },
);

/** Who may administer the gateway. Public, so that anyone can check. */
export const getAdministrators = handle(
  GatewayService.methods.getAdministrators,
  () => gateway.administrators.all,
);

/** Replaces the administrators; there is always at least one. No withdrawal is confirmed within the next day. */
export const setAdministrators = handle(
  GatewayService.methods.setAdministrators,
  (principals, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const set = gateway.administrators.set(principals);
    if ('Err' in set) return set;
    gateway.treasury.noteChange(context.now);
    tellAdministration(context, 'administrators.changed', '', { Warning: null });
    return set;
  },
  { audience: 'identified' },
);

/** Keeps a user from ordering, or lets him again. What he ordered before goes on. */
export const setUserSuspended = handle(
  GatewayService.methods.setUserSuspended,
  (user, suspended, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    gateway.users.suspend(user, suspended);
    const action = suspended ? 'user.suspended' : 'user.reinstated';
    tellAdministration(context, action, '', { Warning: null }, user);
    return ok(null);
  },
  { audience: 'identified' },
);

function same(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equal(a, b);
}
