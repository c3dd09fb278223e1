import { c, type Infer } from '@fabrica/core/candid';

import type { Alternatives } from './alternatives.ts';
import { NamedSigner } from './order.ts';
import { Limit, Recovery, Rule } from './policy.ts';

/** A change of the wallet by itself. Refused, when proposed and when executed, if it would leave it unable to act. */
export const Change = c.named(
  'Change',
  c.variant({
    AddSigner: NamedSigner,
    RemoveSigner: c.principal,
    /** The new signer takes the old one's place; the old one's approvals stop counting. */
    ReplaceSigner: c.record({ old: c.principal, with: NamedSigner }),
    AddObserver: c.principal,
    RemoveObserver: c.principal,
    AddProposer: c.principal,
    RemoveProposer: c.principal,
    AddGuardian: c.principal,
    RemoveGuardian: c.principal,
    SetThreshold: c.nat16,
    SetTimelock: c.nat64,
    SetLifetime: c.nat64,
    SetAutoExecute: c.bool,
    /** The whole policy table, in place of the one there is. */
    SetRules: c.vec(Rule, { max: 100 }),
    SetLimit: Limit,
    RemoveLimit: c.principal,
    SetRecovery: c.record({ recovery: c.opt(Recovery) }),
    SetVisibility: c.bool,
    /** True lets the factory upgrade the wallet on its own. */
    SetAutoUpdate: c.bool,
    Rename: c.record({ name: c.text({ max: 1_000 }), description: c.opt(c.text({ max: 5_000 })) }),
    /** Lifts a guardian's pause. */
    Unpause: c.null,
  }),
);
export type Change = Infer<typeof Change>;
/** The name of a change, as rules and the activity log give it. */
export type ChangeName = Alternatives<Change>;
