import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';

const done = c.result(c.null, Refusal);

/** What every factory offers on who controls its contracts. */
export const ownershipMethods = {
  /** To whom; `null` takes an offer back. */
  offerOwnership: update([c.principal, c.opt(c.principal)], done),
  acceptOwnership: update([c.principal], done),
  /** To whom a contract is offered; `null` if to nobody. */
  getOwnershipOffer: query([c.principal], c.result(c.record({ to: c.opt(c.principal) }), Refusal)),
  releaseFromFactory: update([c.principal], done),
  returnToFactory: update([c.principal], done),
} as const;
