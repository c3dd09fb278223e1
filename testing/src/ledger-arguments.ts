import type { Principal } from '@dfinity/principal';

/** A principal's account in a ledger, as agents name it: the default one. */
export function accountOf(owner: Principal): { owner: Principal; subaccount: [] } {
  return { owner, subaccount: [] };
}

/** Argument of `icrc1_transfer` that leaves out all that may be left out. */
export function transferOf(to: Principal, amount: bigint) {
  return { from_subaccount: [] as [], to: accountOf(to), amount, ...unsaid() };
}

/** Argument of `icrc2_approve` that leaves out all that may be left out. */
export function approvalOf(spender: Principal, amount: bigint) {
  return {
    from_subaccount: [] as [],
    spender: accountOf(spender),
    amount,
    expected_allowance: [] as [],
    expires_at: [] as [],
    ...unsaid(),
  };
}

/** Argument of `icrc2_transfer_from` that leaves out all that may be left out. */
export function transferFromOf(from: Principal, to: Principal, amount: bigint) {
  return {
    spender_subaccount: [] as [],
    from: accountOf(from),
    to: accountOf(to),
    amount,
    ...unsaid(),
  };
}

function unsaid() {
  return { fee: [] as [], memo: [] as [], created_at_time: [] as [] };
}
