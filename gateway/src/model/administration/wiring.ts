import { c, type Infer } from '@fabrica/core/candid';

import { Account } from '../../peers/account.ts';

/** Fields of {@link CanisterIds}. */
export const canisterIds = {
  /** The ledger that orders are paid in: ICRC-1 and ICRC-2. */
  ledger: c.principal,
  /** The storages; without one, what it should be told waits in the outbox. */
  audit: c.opt(c.principal),
  invoice: c.opt(c.principal),
  /** Where earned fees are to go. */
  treasury: c.opt(Account),
} as const;

/** The canisters the gateway works with. */
export const CanisterIds = c.named('CanisterIds', c.record(canisterIds));
export type CanisterIds = Infer<typeof CanisterIds>;

/** A ledger's fee as it was last told. */
export const LedgerFee = c.named(
  'LedgerFee',
  c.record({ ledger: c.principal, fee: c.nat, at: c.nat64 }),
);
export type LedgerFee = Infer<typeof LedgerFee>;
