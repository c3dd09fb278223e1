import { c, type Infer } from '@fabrica/core/candid';

/** Reports in one batch, at most. */
export const MAX_REPORTS = 50;
/** Role names of a factory, at most: the bits of a byte. */
export const MAX_ROLE_NAMES = 8;

/** Role names by bit, as a factory sends them with each batch: bit 0 is `creator`. */
export const RoleNames = c.vec(c.text({ max: 32 }), { max: MAX_ROLE_NAMES });

/** What somebody has to do with a contract, from now on. */
export const RelationshipReport = c.named(
  'RelationshipReport',
  c.record({
    /** A contract of the factory that reports. */
    contract: c.principal,
    user: c.principal,
    /** Bit `i`: the user had the factory's role `i` before; 0 for a user new to the contract. */
    before: c.nat8,
    /** The roles from now on; 0 if he has none any more. */
    roles: c.nat8,
    /** The contract's name. */
    name: c.text({ max: 64 }),
    /** When it came to be so, in nanoseconds since the epoch. */
    since: c.nat64,
  }),
);
export type RelationshipReport = Infer<typeof RelationshipReport>;

/** A contract that a user has to do with. */
export const RelatedContract = c.named(
  'RelatedContract',
  c.record({
    contract: c.principal,
    factory: c.text({ max: 32 }),
    /** The contract's name when this last changed. */
    name: c.text({ max: 64 }),
    /** Since when, in nanoseconds since the epoch. */
    since: c.nat64,
    /** Bits of the factory's role names; bit 0 is its creator. 0 for somebody who has no role any more. */
    roles: c.nat8,
  }),
);
export type RelatedContract = Infer<typeof RelatedContract>;

/** Which of a user's contracts to list; absent fields do not restrict. */
export const RelatedFilter = c.named(
  'RelatedFilter',
  c.record({
    factory: c.opt(c.text({ max: 64 })),
    /** By name: `creator`, or a role of the factory. */
    role: c.opt(c.text({ max: 64 })),
    /** True to list also those in which the user has no role any more. */
    past: c.bool,
  }),
);
export type RelatedFilter = Infer<typeof RelatedFilter>;

/** What the bits of a factory's roles mean. */
export const FactoryRoles = c.named(
  'FactoryRoles',
  c.record({ factory: c.text({ max: 32 }), roles: RoleNames }),
);
