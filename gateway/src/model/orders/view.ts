import { Refusal } from '@fabrica/core';
import { c, type Infer } from '@fabrica/core/candid';

import { RefundAsk, type RefundAsks } from './refund-asks.ts';
import {
  Charge,
  isFinal,
  keyOf,
  MAX_REQUEST_ID_BYTES,
  OrderState,
  Refund,
  type Order,
} from '../saga/order.ts';

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
  }),
);
export type RequestStatus = Infer<typeof RequestStatus>;

/** The order as {@link RequestStatus}. */
export function viewOf(order: Order, asks: Pick<RefundAsks, 'get'>): RequestStatus {
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
    ask: isFinal(order) ? null : asks.get(order.number),
  };
}
