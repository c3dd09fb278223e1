import { Refusal } from '@fabrica/core';
import { c, query, update } from '@fabrica/core/candid';

import { Withdrawal } from '../model/treasury/withdrawal.ts';
import { done, MAX_PAGE } from './common.ts';

/** The treasury: earned fees only. */
export const treasuryMethods = {
  /** Oldest first: from, limit. */
  getWithdrawals: query(
    [c.nat32, c.nat32],
    c.result(c.vec(Withdrawal, { max: MAX_PAGE }), Refusal),
  ),
  /** Ledger, amount with the ledger's fee. */
  proposeWithdrawal: update([c.principal, c.nat], c.result(Withdrawal, Refusal)),
  confirmWithdrawal: update([c.nat32], c.result(Withdrawal, Refusal)),
  cancelWithdrawal: update([c.nat32], done),
  /** The ledger's block of a stuck withdrawal, or none if it was not sent. */
  resolveWithdrawal: update([c.nat32, c.opt(c.nat)], done),
} as const;
