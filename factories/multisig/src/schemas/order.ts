import { c, type Infer } from '@fabrica/core/candid';

import { Limit, Recovery, Rule } from './policy.ts';

/** Somebody who approves, and what the others call him. */
export const NamedSigner = c.named(
  'NamedSigner',
  c.record({ who: c.principal, name: c.opt(c.text({ max: 200 })) }),
);
export type NamedSigner = Infer<typeof NamedSigner>;

/**
 * The order of a wallet. Its rules stand in `model/order/validate-order.ts`; the maxima here only bound
 * what is decoded, and lie above the rules' limits so that the error can name the field.
 */
export const WalletInit = c.named(
  'WalletInit',
  c.record({
    name: c.text({ max: 1_000 }),
    description: c.opt(c.text({ max: 5_000 })),
    /** Propose and approve. */
    signers: c.vec(NamedSigner, { max: 100 }),
    /** See a private wallet, and can do nothing. */
    observers: c.vec(c.principal, { max: 100 }),
    /** Propose only. */
    proposers: c.vec(c.principal, { max: 100 }),
    /** Stop the wallet at once, and help to recover it. */
    guardians: c.vec(c.principal, { max: 100 }),
    /** Signers who must approve where no rule says otherwise. */
    threshold: c.nat16,
    /** Nanoseconds between the last approval needed and execution. */
    timelock: c.nat64,
    /** Nanoseconds a proposal may gather approvals, and again may wait to be executed. */
    lifetime: c.nat64,
    /** Execute as soon as it may be, unless the proposal says otherwise. */
    autoExecute: c.bool,
    rules: c.vec(Rule, { max: 100 }),
    limits: c.vec(Limit, { max: 100 }),
    recovery: c.opt(Recovery),
    isPublic: c.bool,
  }),
);
export type WalletInit = Infer<typeof WalletInit>;
