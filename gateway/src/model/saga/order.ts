import { c, type Infer } from '@fabrica/core/candid';
import { Refusal } from '@fabrica/core';

/** Longest requestId, in bytes. */
export const MAX_REQUEST_ID_BYTES = 32;
/** The largest argument blob that any configuration may allow, in bytes: what factories take. */
export const MAX_ARGS_BYTES = 200_000;

/**
 * Where an order stands. It ends in exactly one of three states: `Refused` (nothing was charged),
 * `Deployed` (charged, and the contract exists) or `Refunded` (charged and paid back, no contract).
 *
 * `Stuck` is not an end: a transfer's outcome is unknown and too old for the ledger to tell by
 * deduplication. It is looked up among the ledger's blocks; if the ledger shows none, an administrator decides.
 */
export const OrderState = c.named(
  'OrderState',
  c.variant({
    Accepted: c.null,
    Charging: c.null,
    Charged: c.null,
    Deploying: c.null,
    Deployed: c.null,
    Refunding: c.null,
    Refunded: c.null,
    Refused: c.null,
    Stuck: c.null,
  }),
);
export type OrderState = Infer<typeof OrderState>;

/** The money's way in: one ICRC-2 transfer, repeated identically until its outcome is known. */
export const Charge = c.named(
  'Charge',
  c.record({
    /** The transfer's `created_at_time`, in nanoseconds: what the ledger knows a repetition by. */
    createdAt: c.nat64,
    /** Attempts sent whose effect is not known; 0 means that the transfer surely did not happen. */
    unknown: c.nat32,
    /** The ledger's block, once the transfer is known to have happened. */
    block: c.opt(c.nat),
  }),
);
export type Charge = Infer<typeof Charge>;

/** The money's way back: one ICRC-1 transfer; `amount + fee` is always the price. */
export const Refund = c.named(
  'Refund',
  c.record({
    createdAt: c.nat64,
    unknown: c.nat32,
    block: c.opt(c.nat),
    /** What the user gets back, in the ledger's smallest unit. */
    amount: c.nat,
    /** What the ledger takes for the transfer. */
    fee: c.nat,
  }),
);
export type Refund = Infer<typeof Refund>;

/** What was agreed when the order was accepted. Never changes. */
export const orderTerms = {
  /** The gateway's own number of the order: dense, from 0. */
  number: c.nat32,
  requestId: c.blob({ max: MAX_REQUEST_ID_BYTES }),
  caller: c.principal,
  /** The factory by id, and the canister it was when the order was accepted. */
  factory: c.text({ max: 32 }),
  factoryCanister: c.principal,
  ledger: c.principal,
  /** What is charged, in the ledger's smallest unit; 0 for a free factory. Later changes of the fee do not touch it. */
  price: c.nat,
  /** The ledger's fee when the order was accepted; the user pays it on top of the price. */
  ledgerFee: c.nat,
  acceptedAt: c.nat64,
  /** The caller's order before this one: the chain that getMyRequests walks. */
  previous: c.opt(c.nat32),
} as const;

/** How far the order got. */
export const orderProgress = {
  /** The factory's arguments; emptied when the order ends. */
  args: c.blob({ max: MAX_ARGS_BYTES }),
  updatedAt: c.nat64,
  state: OrderState,
  /** Failed attempts in this state. */
  attempts: c.nat32,
  /** Not to be tried again before, in nanoseconds. */
  notBefore: c.nat64,
  charge: c.opt(Charge),
  refund: c.opt(Refund),
  contract: c.opt(c.principal),
  /** Why it was refused or refunded. */
  refusal: c.opt(Refusal),
} as const;

/** The journal's record of one order: all that is needed to finish it after any interruption. */
export const Order = c.record({ ...orderTerms, ...orderProgress });
export type Order = Infer<typeof Order>;

/** The name of a state. */
export type StateName = OrderState extends infer S ? (S extends unknown ? keyof S : never) : never;

/** All states, in the order in which counts of them are kept. Append-only: positions are stored. */
export const STATES = [
  'Accepted',
  'Charging',
  'Charged',
  'Deploying',
  'Deployed',
  'Refunding',
  'Refunded',
  'Refused',
  'Stuck',
] as const satisfies readonly StateName[];

/** The state's name. */
export function stateOf(order: Pick<Order, 'state'>): StateName {
  return Object.keys(order.state)[0] as StateName;
}

/** True once nothing will ever happen to the order again. */
export function isFinal(order: Pick<Order, 'state'>): boolean {
  const state = stateOf(order);
  return state === 'Deployed' || state === 'Refunded' || state === 'Refused';
}

/**
 * What ledger, factory and storage know the order by, in 32 bytes: its number, when it was accepted, and the first
 * 16 bytes of the caller. Unique also across a reinstalled gateway, whose numbers begin again.
 */
export function keyOf({
  number,
  acceptedAt,
  caller,
}: Pick<Order, 'number' | 'acceptedAt' | 'caller'>): Uint8Array {
  const key = new Uint8Array(32);
  const view = new DataView(key.buffer);
  view.setBigUint64(0, BigInt(number));
  view.setBigUint64(8, acceptedAt);
  key.set(caller.length > 16 ? caller.subarray(0, 16) : caller, 16);
  return key;
}
