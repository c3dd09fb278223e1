import { binary, equal } from '@fabrica/core/store';

import type { Action } from '../../schemas/actions.ts';
import type { Alternatives } from '../../schemas/alternatives.ts';
import type { ActionKind, Recipient } from '../../schemas/policy.ts';
import type { DecodedCall } from '../../schemas/views.ts';
import { changeName } from '../config/apply-change.ts';
import { decodeCall, STANDARD_METHODS } from './decode-call.ts';

/** The name of a kind of action. */
export type KindName = Alternatives<ActionKind>;

/** An action as rules and limits see it: what it does, not how it is written. */
export interface Subject {
  readonly kind: KindName;
  /** Ledger, called canister or managed canister; `null` for the wallet itself. */
  readonly target: Uint8Array | null;
  readonly method: string;
  readonly recipient: Recipient | null;
  /** Tokens of `target` that leave, or may be taken, in its smallest unit; `null` if none. */
  readonly amount: bigint | null;
  /** A standard's method, called with an argument that is not the standard's. */
  readonly undecodable: boolean;
}

/** What an action does. A raw call that moves the wallet's tokens is the transfer or approval that it is. */
export function subjectOf(action: Action, self: Uint8Array): Subject {
  if ('Transfer' in action) {
    const { ledger, to, amount } = action.Transfer;
    return spend('Transfer', ledger, 'icrc1_transfer', { Owner: to.owner }, amount);
  }
  if ('Approve' in action) {
    const { ledger, spender, amount } = action.Approve;
    return spend('Approve', ledger, 'icrc2_approve', { Owner: spender.owner }, amount);
  }
  if ('IcpTransfer' in action) {
    const { ledger, to, amount } = action.IcpTransfer;
    return spend('Transfer', ledger, 'transfer', { AccountId: to }, amount);
  }
  if ('Call' in action) {
    const { canister, method, args } = action.Call;
    const decoded = decodeCall(method, args);
    const moved = decoded === null ? null : movedBy(decoded, canister, method, self);
    const undecodable = decoded === null && STANDARD_METHODS.has(method);
    return moved ?? { ...other('Call', canister, method), undecodable };
  }
  if ('Manage' in action) {
    const { canister, operation } = action.Manage;
    return other('Manage', canister, Object.keys(operation)[0]!);
  }
  return other('Change', null, changeName(action.Change));
}

/** Sums what subjects take of each token, by ledger. */
export function totalsOf(subjects: readonly Subject[]): ReadonlyMap<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { target, amount } of subjects) {
    if (target === null || amount === null) continue;
    const ledger = binary(target);
    totals.set(ledger, (totals.get(ledger) ?? 0n) + amount);
  }
  return totals;
}

function movedBy(
  decoded: DecodedCall,
  ledger: Uint8Array,
  method: string,
  self: Uint8Array,
): Subject | null {
  if ('Icrc1Transfer' in decoded) {
    const { to, amount } = decoded.Icrc1Transfer;
    return spend('Transfer', ledger, method, { Owner: to.owner }, amount);
  }
  if ('Icrc2Approve' in decoded) {
    const { spender, amount } = decoded.Icrc2Approve;
    return spend('Approve', ledger, method, { Owner: spender.owner }, amount);
  }
  if ('IcpTransfer' in decoded) {
    const { to, amount } = decoded.IcpTransfer;
    return spend('Transfer', ledger, method, { AccountId: to }, amount.e8s);
  }
  // Somebody else's tokens, unless the wallet takes from itself, which needs no allowance.
  const { from, to, amount } = decoded.Icrc2TransferFrom;
  if (!equal(from.owner, self)) return null;
  return spend('Transfer', ledger, method, { Owner: to.owner }, amount);
}

function spend(
  kind: 'Transfer' | 'Approve',
  target: Uint8Array,
  method: string,
  recipient: Recipient,
  amount: bigint,
): Subject {
  return { kind, target, method, recipient, amount, undecodable: false };
}

function other(kind: KindName, target: Uint8Array | null, method: string): Subject {
  return { kind, target, method, recipient: null, amount: null, undecodable: false };
}
