import type { AuditEvent, Severity } from '../../peers/audit.ts';
import type { Payment } from '../../peers/invoice.ts';
import { keyOf, stateOf, type Order, type StateName } from '../saga/order.ts';

/** What the storage canisters are to be told of a step. */
export interface Story {
  readonly audit: readonly AuditEvent[];
  readonly payments: readonly Payment[];
}

interface Telling {
  readonly action: string;
  readonly severity: Severity;
}

/** Steps worth telling. What was refused uncharged is not: it costs its author nothing, and would fill the trail. */
const tellings: { readonly [S in StateName]?: Telling } = {
  Deployed: { action: 'contract.deployed', severity: { Info: null } },
  Refunding: { action: 'deployment.failed', severity: { Warning: null } },
  Refunded: { action: 'payment.refunded', severity: { Info: null } },
  Stuck: { action: 'payment.stuck', severity: { Critical: null } },
};

/**
 * The story of an order's step from `before` to `after`, or `null` if there is nothing to tell. Arguments are private
 * and never told; a refusal is told by its code.
 */
export function story(before: Order | null, after: Order, now: bigint): Story | null {
  if (before === null) return null;
  const audit: AuditEvent[] = [];
  const payments: Payment[] = [];
  if (blockOf(before.charge) === null && blockOf(after.charge) !== null) {
    audit.push(auditOf(after, { action: 'payment.charged', severity: { Info: null } }, now));
    payments.push(paymentOf(after, { Charge: null }, now));
  }
  const state = stateOf(after);
  if (stateOf(before) === 'Stuck' && state !== 'Stuck')
    audit.push(auditOf(after, { action: 'payment.resolved', severity: { Info: null } }, now));
  const telling = tellings[state];
  if (telling !== undefined && state !== stateOf(before)) audit.push(auditOf(after, telling, now));
  if (state === 'Deployed' && after.price > 0n)
    payments.push(paymentOf(after, { Earned: null }, now));
  if (state === 'Refunded') payments.push(paymentOf(after, { Refund: null }, now));
  return audit.length + payments.length === 0 ? null : { audit, payments };
}

function blockOf(transfer: { readonly block: bigint | null } | null): bigint | null {
  return transfer === null ? null : transfer.block;
}

function auditOf(order: Order, { action, severity }: Telling, now: bigint): AuditEvent {
  return {
    time: now,
    actor: order.caller,
    action,
    severity,
    subject: order.caller,
    reference: order.requestId,
    contract: order.contract,
    factory: order.factory,
    detail: order.refusal?.code ?? '',
  };
}

function paymentOf(order: Order, kind: Payment['kind'], now: bigint): Payment {
  const refund = 'Refund' in kind ? order.refund : null;
  return {
    time: now,
    user: order.caller,
    reference: order.requestId,
    kind,
    ledger: order.ledger,
    amount: refund === null ? order.price : refund.amount,
    fee: refund === null ? order.ledgerFee : refund.fee,
    block: refund === null ? blockOf(order.charge) : refund.block,
    status: { Completed: null },
    factory: order.factory,
    memo: keyOf(order),
  };
}
