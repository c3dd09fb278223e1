import { c, type Infer } from '@fabrica/core/candid';

import { Account } from './standards.ts';

/** An account and the amount it holds when the token is born, in the smallest unit. */
export const InitialBalance = c.named(
  'InitialBalance',
  c.record({ account: Account, amount: c.nat }),
);
export type InitialBalance = Infer<typeof InitialBalance>;

/**
 * The order of a token. Its rules stand in `model/validate-order.ts`; the maxima here only bound what is
 * decoded, and lie above the rules' limits so that the error can name the field.
 */
export const TokenInit = c.named(
  'TokenInit',
  c.record({
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
  }),
);
export type TokenInit = Infer<typeof TokenInit>;
