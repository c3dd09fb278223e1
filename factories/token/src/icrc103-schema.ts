import { c, query, type Infer } from '@fabrica/core/candid';

import { Account } from './standards.ts';

/*
 * ICRC-103, listing of allowances, with the names that ledgers in use give it:
 * https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-103
 */

/** Where to begin: the account (none: the caller's), the spender to go on after, and how many. */
export const GetAllowancesArgs = c.named(
  'GetAllowancesArgs',
  c.record({ from_account: c.opt(Account), prev_spender: c.opt(Account), take: c.opt(c.nat) }),
);
export type GetAllowancesArgs = Infer<typeof GetAllowancesArgs>;

const ListedAllowance = c.record({
  from_account: Account,
  to_spender: Account,
  allowance: c.nat,
  expires_at: c.opt(c.nat64),
});

const GetAllowancesError = c.variant({
  AccessDenied: c.record({ reason: c.text }),
  GenericError: c.record({ error_code: c.nat, message: c.text }),
});

export const GetAllowancesResult = c.result(c.vec(ListedAllowance), GetAllowancesError);
export type GetAllowancesResult = Infer<typeof GetAllowancesResult>;

export const icrc103Methods = {
  icrc103_get_allowances: query([GetAllowancesArgs], GetAllowancesResult),
} as const;
