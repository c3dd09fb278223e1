import { c, type Infer } from '@fabrica/core/candid';

import { Limit, Recovery, Rule } from './policy.ts';

/** What somebody may do in a wallet. */
export const Roles = c.named(
  'Roles',
  c.record({ signer: c.bool, proposer: c.bool, observer: c.bool, guardian: c.bool }),
);
export type Roles = Infer<typeof Roles>;
export type Role = keyof Roles;

/** Somebody with a role. */
export const Member = c.named(
  'Member',
  c.record({
    who: c.principal,
    /** Stands under his votes. A new one is given when he becomes signer or guardian, so old votes do not count. */
    serial: c.nat32,
    roles: Roles,
    /** Empty if none was given. */
    name: c.text({ max: 64 }),
  }),
);
export type Member = Infer<typeof Member>;

/** Who stopped the wallet, and why. */
export const Pause = c.named(
  'Pause',
  c.record({ by: c.principal, at: c.nat64, reason: c.text({ max: 500 }) }),
);

/** Everything that decides who may do what; changed by the wallet itself alone, and by a guardian's pause. */
export const WalletConfig = c.named(
  'WalletConfig',
  c.record({
    name: c.text({ max: 64 }),
    description: c.text({ max: 1_000 }),
    members: c.vec(Member, { max: 100 }),
    nextSerial: c.nat32,
    threshold: c.nat16,
    timelock: c.nat64,
    lifetime: c.nat64,
    autoExecute: c.bool,
    rules: c.vec(Rule, { max: 100 }),
    limits: c.vec(Limit, { max: 100 }),
    recovery: c.opt(Recovery),
    paused: c.opt(Pause),
    /** Counts the changes. */
    revision: c.nat32,
    createdAt: c.nat64,
  }),
);
export type WalletConfig = Infer<typeof WalletConfig>;
