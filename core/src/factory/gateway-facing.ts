import { c, query, update, type Infer } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';

/** Reports in one batch, at most. */
export const MAX_REPORTS = 50;

/** What somebody has to do with a contract, from now on. */
export const RelationshipReport = c.named(
  'RelationshipReport',
  c.record({
    contract: c.principal,
    user: c.principal,
    /** Bit `i`: he had role `i` before; 0 for a user new to the contract. Bit 0 is its creator. */
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

/** What a factory calls of a gateway that keeps a registry. They meet through Candid alone (guideline A4). */
export const gatewayFacingMethods = {
  /** Number of the first, names of the roles by bit, reports. Answers the number expected next. */
  reportRelationships: update(
    [
      c.nat64,
      c.vec(c.text({ max: 32 }), { max: 8 }),
      c.vec(RelationshipReport, { max: MAX_REPORTS }),
    ],
    c.result(c.nat64, Refusal),
  ),
  getNextReport: query([c.principal], c.result(c.nat64, Refusal)),
} as const;
