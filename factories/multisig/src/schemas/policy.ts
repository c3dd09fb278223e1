import { c, type Infer } from '@fabrica/core/candid';

/** What an action is, as far as rules ask. A raw call of a ledger's transfer counts as `Transfer`. */
export const ActionKind = c.named(
  'ActionKind',
  c.variant({
    /** Tokens leave, by ICRC-1 or by the ICP ledger's account identifiers. */
    Transfer: c.null,
    /** Somebody may take tokens, by ICRC-2. */
    Approve: c.null,
    Call: c.null,
    /** A canister that the wallet controls is managed. */
    Manage: c.null,
    /** The wallet itself is changed. */
    Change: c.null,
  }),
);
export type ActionKind = Infer<typeof ActionKind>;

/** Who gets tokens, or the right to take them. */
export const Recipient = c.named(
  'Recipient',
  c.variant({
    /** All accounts of a principal. */
    Owner: c.principal,
    /** An account identifier of the ICP ledger, 32 bytes. */
    AccountId: c.blob({ max: 64 }),
  }),
);
export type Recipient = Infer<typeof Recipient>;

/**
 * A line of the policy table. An action is ruled by the first line that matches it in every respect; an
 * empty list matches anything. Where no line matches, the wallet's threshold and time-lock hold.
 */
export const Rule = c.named(
  'Rule',
  c.record({
    name: c.text({ max: 200 }),
    kinds: c.vec(ActionKind, { max: 10 }),
    /** Ledgers, called canisters or managed canisters. */
    targets: c.vec(c.principal, { max: 50 }),
    recipients: c.vec(Recipient, { max: 50 }),
    /** Methods of calls, operations on managed canisters, changes: as Candid names them. */
    methods: c.vec(c.text({ max: 200 }), { max: 50 }),
    /** Amounts from here on, in the token's smallest unit: the sum of a proposal's transfers of the token. */
    minAmount: c.opt(c.nat),
    /** Amounts up to here, this one included. */
    maxAmount: c.opt(c.nat),
    /** Signers who must approve. For `Change` the wallet's threshold is the least. */
    approvals: c.nat16,
    /** Nanoseconds between the last approval needed and execution. For `Change` the wallet's is the least. */
    timelock: c.nat64,
  }),
);
export type Rule = Infer<typeof Rule>;

/** How much of a token may leave, in its smallest unit, fees not counted. Approvals count in full. */
export const Limit = c.named(
  'Limit',
  c.record({
    ledger: c.principal,
    /** Most in one action. */
    perTransfer: c.opt(c.nat),
    /** Most in one day of UTC. */
    perDay: c.opt(c.nat),
  }),
);
export type Limit = Infer<typeof Limit>;

/** The way out when keys are lost: fewer approvals, by signers and guardians, and a long wait. */
export const Recovery = c.named(
  'Recovery',
  c.record({
    /** Signers and guardians who must approve. */
    approvals: c.nat16,
    /** Nanoseconds that the signers have to reject it. */
    delay: c.nat64,
  }),
);
export type Recovery = Infer<typeof Recovery>;
