import { c, query, update, type Schema } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';

/** How a contract is. */
export const ContractHealth = c.named(
  'ContractHealth',
  c.record({
    version: c.text({ max: 32 }),
    status: c.text({ max: 32 }),
    isPublic: c.bool,
    factory: c.principal,
    owner: c.principal,
    /** Cycles held. */
    cycles: c.nat,
    /** Events that the factory has not confirmed yet. */
    eventsWaiting: c.nat32,
    /** Events given up because too many waited; the factory's indexes may lack them. */
    eventsDropped: c.nat32,
  }),
);

/** What every contract offers its factory and its owner, in whatever language it is written. */
export const contractMethods = {
  /** Version of the code that runs, x.y.z. */
  contractVersion: query([], c.text({ max: 32 })),
  contractHealth: query([], ContractHealth),
  /** True if the owner lets the factory upgrade the contract on its own. */
  autoUpdate: query([], c.bool),
  setAutoUpdate: update([c.bool], c.result(c.null, Refusal)),
  /** Learns from the factory who owns the contract; to be called after a transfer. */
  refreshOwner: update([], c.result(c.principal, Refusal)),
  /**
   * Has the contract tell its factory everything anew; for its owner, who should call it after he loaded a
   * snapshot of the canister, since numbers of events then go back.
   */
  resync: update([], c.result(c.null, Refusal)),
  /**
   * Has the contract send the cycles that it holds beyond `keep` to its factory, which alone may ask: it is
   * about to be stopped for good. Refused if that would harm whoever relies on it.
   */
  returnCycles: update([c.nat], c.result(c.nat, Refusal)),
  setVisibility: update([c.bool], c.result(c.null, Refusal)),
} as const;

/** What a factory of `definition` installs its contracts with. */
export function contractInit<Order extends Schema>(definition: { readonly init: Order }) {
  return c.record({ factory: c.principal, owner: c.principal, order: definition.init });
}
