import { c, type Infer } from '../candid/index.ts';

/** Something that changed in a contract and that its factory indexes. */
export const ContractEvent = c.named(
  'ContractEvent',
  c.variant({
    /** The contract runs and knows its factory. */
    DeploymentComplete: c.null,
    StatusChanged: c.text({ max: 32 }),
    VisibilityChanged: c.bool,
    /** The owner lets the factory upgrade the contract on its own, or no longer. */
    AutoUpdateChanged: c.bool,
    RoleAdded: c.record({ role: c.text({ max: 32 }), user: c.principal }),
    RoleRemoved: c.record({ role: c.text({ max: 32 }), user: c.principal }),
  }),
);
export type ContractEvent = Infer<typeof ContractEvent>;

/** Most events in one batch. */
export const MAX_EVENTS = 20;
