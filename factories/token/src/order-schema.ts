import { c, type Infer } from '@fabrica/core/candid';

import { Account } from './standards.ts';

/** An account and the amount it holds when the token is born, in the smallest unit. */
export const InitialBalance = c.named(
  'InitialBalance',
  c.record({ account: Account, amount: c.nat }),
);
export type InitialBalance = Infer<typeof InitialBalance>;

/**
 * How many of its newest blocks a ledger keeps for `icrc3_get_blocks`, and how many an archive takes before
 * the next is made.
 */
export const ArchiveOptions = c.named(
  'ArchiveOptions',
  c.record({ keep: c.nat32, capacity: c.nat32 }),
);
export type ArchiveOptions = Infer<typeof ArchiveOptions>;

const firstOrder = {
  name: c.text({ max: 1_000 }),
  symbol: c.text({ max: 1_000 }),
  decimals: c.nat8,
  fee: c.nat,
  logo: c.opt(c.text({ max: 50_000 })),
  initialBalances: c.vec(InitialBalance, { max: 1_000 }),
  maxSupply: c.opt(c.nat),
  minter: c.opt(Account),
  feeCollector: c.opt(Account),
  description: c.opt(c.text({ max: 5_000 })),
  website: c.opt(c.text({ max: 1_000 })),
} as const;

/** Orders as 0.1.0 stored them. */
export const TokenInitV1 = c.record(firstOrder);

/**
 * The order of a token. Its rules stand in `model/validate-order.ts`; the maxima here only bound what is
 * decoded, and lie above the rules' limits so that the error can name the field.
 */
export const TokenInit = c.named(
  'TokenInit',
  c.record({
    ...firstOrder,
    /** Who may pause the token and have it go on; none for a token that nobody can pause. */
    pauser: c.opt(c.principal),
    /** None for a ledger that keeps all its blocks itself. */
    archive: c.opt(ArchiveOptions),
  }),
);
export type TokenInit = Infer<typeof TokenInit>;
