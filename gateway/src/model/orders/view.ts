import { Refusal } from '@fabrica/core';
import { c, type Infer } from '@fabrica/core/candid';

import type { LookUps } from '../look-up/look-ups.ts';
import { RefundAsk, type RefundAsks } from './refund-asks.ts';
import {
  Charge,
  isFinal,
  keyOf,
  MAX_REQUEST_ID_BYTES,
  OrderState,
  Refund,
  stateOf,
  type Order,
} from '../saga/order.ts';

/** How the look-up of a stuck order's transfer stands. */
const LookUpView = c.named(
  'LookUp',
  c.record({
    /** Answers of the ledger read so far. */
    pages: c.nat32,
    /** Why it does not get on; empty if it does. */
    failure: c.text({ max: 300 }),
  }),
);

/** An order as its owner sees it: everything but the arguments. */
export const RequestStatus = c.named(
  'RequestStatus',
  c.record({
    number: c.nat32,
    requestId: c.blob({ max: MAX_REQUEST_ID_BYTES }),
    /** The memo of the order's transfers, and what the factory knows it by. */
    key: c.blob({ max: 32 }),
    owner: c.principal,
    factory: c.text({ max: 32 }),
    ledger: c.principal,
    price: c.nat,
    ledgerFee: c.nat,
    /** Nanoseconds since the epoch, like `updatedAt`. */
    acceptedAt: c.nat64,
    updatedAt: c.nat64,
    state: OrderState,
    /** Failed attempts in this state. */
    attempts: c.nat32,
    charge: c.opt(c.named('Charge', Charge)),
    refund: c.opt(c.named('Refund', Refund)),
    contract: c.opt(c.principal),
    /** Why it was refused or refunded. */
    refusal: c.opt(Refusal),
    /** Set if the user asked for a refund of an open order. */
    ask: c.opt(RefundAsk),
    /** Set while the order is stuck and its transfer was looked for in the ledger's blocks. */
    lookUp: c.opt(LookUpView),
  }),
);
export type RequestStatus = Infer<typeof RequestStatus>;

/** What is kept beside the orders. */
export interface Notes {
  readonly refundAsks: Pick<RefundAsks, 'get'>;
  readonly lookUps: Pick<LookUps, 'get'>;
}

/** The order as {@link RequestStatus}. */
export function viewOf(order: Order, { refundAsks, lookUps }: Notes): RequestStatus {
  const { number, requestId, caller, factory, ledger, price, ledgerFee, acceptedAt, updatedAt } =
    order;
  const { state, attempts, charge, refund, contract, refusal } = order;
  return {
    number,
    requestId,
    key: keyOf(order),
    owner: caller,
    factory,
    ledger,
    price,
    ledgerFee,
    acceptedAt,
    updatedAt,
    state,
    attempts,
    charge,
    refund,
    contract,
    refusal,
    ask: isFinal(order) ? null : refundAsks.get(order.number),
    lookUp: stateOf(order) === 'Stuck' ? lookUps.get('order', order.number) : null,
  };
}
