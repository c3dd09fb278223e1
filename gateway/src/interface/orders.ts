import { Refusal } from '@fabrica/core';
import { c, query, update } from '@fabrica/core/candid';

import { RequestStatus } from '../model/orders/view.ts';
import { MAX_ARGS_BYTES } from '../model/saga/order.ts';
import { MAX_PAGE, RequestId, Text } from './common.ts';

/** An order. `args` are the factory's own, as a Candid message. */
export const OrderRequest = c.named(
  'OrderRequest',
  c.record({
    factory: Text,
    args: c.blob({ max: 10 * MAX_ARGS_BYTES }),
    /** Chosen by the caller, 1 to 32 bytes, one for each order: the same one always gives the same answer. */
    requestId: c.opt(RequestId),
    /** The ledger to pay in; the gateway's own if left out. */
    ledger: c.opt(c.principal),
  }),
);

/** What an order came to. */
export const OrderReceipt = c.named(
  'OrderReceipt',
  c.record({
    requestId: RequestId,
    contract: c.principal,
    factory: Text,
    ledger: c.principal,
    /** What was charged, without the ledger's fee; 0 if the factory is free. */
    price: c.nat,
    /** The ledger's block of the charge; `null` if the factory is free. */
    block: c.opt(c.nat),
  }),
);

/** What an order would cost; amounts in the ledger's smallest unit. */
export const Quote = c.named(
  'Quote',
  c.record({
    factory: Text,
    ledger: c.principal,
    price: c.nat,
    /** The ledger's fee for the charge, on top of the price. */
    ledgerFee: c.nat,
    /** How much to approve for the gateway: price and fee. */
    approve: c.nat,
    /** What comes back if the order fails after it was charged: the price less the ledger's fee for sending it. */
    refundIfFailed: c.nat,
    /** Until when the price holds, in nanoseconds since the epoch. */
    expiresAt: c.nat64,
    /** When the ledger told its fee. */
    ledgerFeeAt: c.nat64,
  }),
);

/** A factory as the gateway knows it. */
export const FactoryEntry = c.named(
  'FactoryEntry',
  c.record({
    id: Text,
    canister: c.principal,
    enabled: c.bool,
    free: c.bool,
    /** In the gateway's own ledger. */
    fee: c.nat,
    /** In the other ledgers; 0 where it is not ordered in. */
    fees: c.vec(c.record({ ledger: c.principal, fee: c.nat }), { max: 20 }),
    registeredAt: c.nat64,
  }),
);

/** A page of a user's orders, newest first. */
export const RequestPage = c.named(
  'RequestPage',
  c.record({ requests: c.vec(RequestStatus, { max: MAX_PAGE }), next: c.opt(c.nat32) }),
);

/** To order, and to see what became of it. */
export const orderMethods = {
  createContract: update([OrderRequest], c.result(OrderReceipt, Refusal)),
  quote: query([Text, c.opt(c.principal)], c.result(Quote, Refusal)),
  getServiceFee: query([Text], c.result(c.nat, Refusal)),
  getFactories: query([], c.vec(FactoryEntry, { max: 100 })),
  /** One's own request; an administrator may name another owner. */
  getRequest: query([RequestId, c.opt(c.principal)], c.result(RequestStatus, Refusal)),
  /** Newest first; the cursor is what the page before gave as `next`. */
  getMyRequests: query([c.opt(c.nat32), c.nat32], c.result(RequestPage, Refusal)),

  /** Asks for the money of one's own order that does not end: requestId, and why. */
  requestRefund: update([RequestId, c.text({ max: 200 })], c.result(RequestStatus, Refusal)),
} as const;
