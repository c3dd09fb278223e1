import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { feeOf } from '../model/administration/ledger-fees.ts';
import { refuseConfirmation, refuseProposal } from '../model/treasury/rules.ts';
import { MAX_UNDER_WAY } from '../model/treasury/treasury.ts';
import { gateway } from './memory.ts';
import { refusePage, refuseStranger, tellAdministration } from './guards.ts';
import { bookOf } from './workers/solvency-watch.ts';
import { send, treasurer } from './workers/treasurer.ts';

/** Withdrawals, oldest first. Public: users can see what became of what they paid. */
export const getWithdrawals = handle(GatewayService.methods.getWithdrawals, (from, limit) => {
  const refused = refusePage(limit);
  return refused ?? ok(gateway.treasury.page(from, limit));
});

/** Proposes to move earned fees to the treasury. Nothing moves until another administrator confirms it. */
export const proposeWithdrawal = handle(
  GatewayService.methods.proposeWithdrawal,
  (ledger, amount, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const { treasury: to } = gateway.canisters.get();
    if (to === null) return gatewayErrors.no_treasury();
    const fee = feeOf(gateway.ledgerFees.get(), ledger)?.fee ?? null;
    const wrong = refuseProposal(amount, fee, bookOf(ledger).earned);
    if (wrong !== null) return wrong;
    const withdrawal = gateway.treasury.propose({
      ledger,
      amount,
      fee: fee ?? 0n,
      to,
      proposedBy: context.caller,
      proposedAt: context.now,
      alone: gateway.administrators.all.length === 1,
    });
    tell(context, 'proposed', withdrawal.number);
    return ok(withdrawal);
  },
  { audience: 'identified' },
);

/**
 * Confirms a proposed withdrawal, as another administrator. What it takes leaves the available earnings before
 * anything is sent; refunds owed and charges in flight are never part of them.
 */
export const confirmWithdrawal = handle(
  GatewayService.methods.confirmWithdrawal,
  async (number, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const { treasury, administrators, canisters, config } = gateway;
    if (config.flag('emergency_stop')) return gatewayErrors.emergency_stop();
    const withdrawal = treasury.at(number);
    if (withdrawal === null) return gatewayErrors.unknown_withdrawal();
    const wrong = refuseConfirmation({
      withdrawal,
      by: context.caller,
      administrators: administrators.all.length,
      treasury: canisters.get().treasury,
      changedAt: treasury.changedAt,
      available: bookOf(withdrawal.ledger).earned,
      now: context.now,
    });
    if (wrong !== null) return wrong;
    if (treasury.open.length >= MAX_UNDER_WAY)
      return gatewayErrors.too_many_withdrawals({ most: MAX_UNDER_WAY });
    const confirmedBy = context.caller;
    treasury.record(withdrawal, { ...withdrawal, state: { Sending: null }, confirmedBy });
    tell(context, 'confirmed', number);
    treasurer.wake(60);
    return ok(await send(number, context));
  },
  { audience: 'identified' },
);

/** Takes a proposal back, or turns it down. */
export const cancelWithdrawal = handle(
  GatewayService.methods.cancelWithdrawal,
  (number, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const withdrawal = gateway.treasury.at(number);
    if (withdrawal === null) return gatewayErrors.unknown_withdrawal();
    if (!('Proposed' in withdrawal.state)) return gatewayErrors.not_proposed();
    gateway.treasury.record(withdrawal, { ...withdrawal, state: { Cancelled: null } });
    tell(context, 'cancelled', number);
    return ok(null);
  },
  { audience: 'identified' },
);

/** Decides about a withdrawal whose transfer may have happened and is too old to be repeated, after a look-up. */
export const resolveWithdrawal = handle(
  GatewayService.methods.resolveWithdrawal,
  (number, block, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const withdrawal = gateway.treasury.at(number);
    if (withdrawal === null) return gatewayErrors.unknown_withdrawal();
    if (!('Stuck' in withdrawal.state)) return gatewayErrors.withdrawal_not_stuck();
    const resolved = { ...withdrawal, unknown: 0, notBefore: 0n };
    gateway.treasury.record(
      withdrawal,
      block === null
        ? { ...resolved, state: { Sending: null } }
        : { ...resolved, state: { Sent: null }, block },
    );
    tell(context, 'resolved', number);
    treasurer.wake();
    return ok(null);
  },
  { audience: 'identified' },
);

function tell(
  context: Parameters<typeof tellAdministration>[0],
  what: 'proposed' | 'confirmed' | 'cancelled' | 'resolved',
  number: number,
): void {
  tellAdministration(context, `withdrawal.${what}`, String(number), { Warning: null });
}
