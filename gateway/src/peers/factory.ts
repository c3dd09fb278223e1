import { factoryMethods, Refusal } from '@fabrica/core';
import { c, query, service, update, type Infer } from '@fabrica/core/candid';

/**
 * What the gateway reads of a factory's health: a part of what factories tell, so that older and newer ones are
 * understood alike.
 */
export const ReportedHealth = c.named(
  'ReportedHealth',
  c.record({
    id: c.text({ max: 32 }),
    /** True if it would take an order now. */
    healthy: c.bool,
    paused: c.bool,
    /** Cycles held, and kept back. */
    cycles: c.nat,
    reserve: c.nat,
    latestVersion: c.opt(c.text({ max: 32 })),
    contracts: c.nat32,
    /** Orders that ended without a contract. */
    failed: c.nat32,
    /** Deployments begun and not ended. */
    underWay: c.nat32,
  }),
);
export type ReportedHealth = Infer<typeof ReportedHealth>;

/**
 * What the gateway reads of a factory's answers to orders: that it agrees, and the contract's id. Whatever else
 * factories tell in them, now or later, is theirs.
 */
const Agreed = c.record({});
const Created = c.record({ id: c.principal });

/** What the gateway calls of a factory, whatever the factory makes. */
export const Factory = service('Factory', {
  validateOrder: query(factoryMethods.validateOrder.args, c.result(Agreed, Refusal)),
  createContract: update(factoryMethods.createContract.args, c.result(Created, Refusal)),
  cancelDeployment: factoryMethods.cancelDeployment,
  getFactoryHealth: query([], ReportedHealth),
});
