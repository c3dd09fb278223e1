import { equal } from '@fabrica/core/store';

import type { Account } from '../../peers/account.ts';
import { keyOf, type Order } from '../saga/order.ts';
import { sameAccount } from '../treasury/rules.ts';
import { withdrawalMemo, type Withdrawal } from '../treasury/withdrawal.ts';

/** A transfer of the gateway's, by all that tells it from others. */
export interface Wanted {
  readonly ledger: Uint8Array;
  readonly from: Account;
  readonly to: Account;
  /** Who moved it in the owner's place; `null` if the owner did. */
  readonly spender: Uint8Array | null;
  /** Without the ledger's fee. */
  readonly amount: bigint;
  readonly memo: Uint8Array;
  /** The transfer's `created_at_time`, in nanoseconds. */
  readonly createdAt: bigint;
}

/** A transfer as it was found in a ledger; absent is what the block does not say. */
export interface Found {
  readonly from: Account;
  readonly to: Account;
  readonly spender: Account | null;
  readonly amount: bigint;
  readonly memo: Uint8Array | null;
  readonly createdAt: bigint | null;
}

/** The transfer of a stuck order: its refund if it has one, else its charge. `null` if it has neither. */
export function wantedOf(order: Order, self: Uint8Array): Wanted | null {
  const { ledger, charge, refund, price } = order;
  const gateway = { owner: self, subaccount: null };
  const user = { owner: order.caller, subaccount: null };
  const common = { ledger, memo: keyOf(order) };
  if (refund !== null) {
    const { amount, createdAt } = refund;
    return { ...common, from: gateway, to: user, spender: null, amount, createdAt };
  }
  if (charge === null) return null;
  const { createdAt } = charge;
  return { ...common, from: user, to: gateway, spender: self, amount: price, createdAt };
}

/** The transfer of a withdrawal. */
export function wantedWithdrawal(withdrawal: Withdrawal, self: Uint8Array): Wanted {
  const { ledger, to, amount, fee, createdAt } = withdrawal;
  const from = { owner: self, subaccount: null };
  const memo = withdrawalMemo(withdrawal);
  return { ledger, from, to, spender: null, amount: amount - fee, memo, createdAt };
}

/** True if the transfer found is the one wanted, and nobody else's that only resembles it. */
export function isWanted(found: Found, wanted: Wanted): boolean {
  return (
    found.createdAt === wanted.createdAt &&
    found.amount === wanted.amount &&
    found.memo !== null &&
    equal(found.memo, wanted.memo) &&
    sameAccount(found.from, wanted.from) &&
    sameAccount(found.to, wanted.to) &&
    sameSpender(found.spender, wanted.spender)
  );
}

function sameSpender(found: Account | null, wanted: Uint8Array | null): boolean {
  if (found === null || wanted === null) return found === wanted;
  return sameAccount(found, { owner: wanted, subaccount: null });
}
