import { c, query, service, type Infer } from '@fabrica/core/candid';

/** A contract as the monolith lists it. */
export const MonolithRow = c.record({
  contract: c.principal,
  owner: c.principal,
  factory: c.text({ max: 32 }),
  name: c.text({ max: 64 }),
  status: c.text({ max: 16 }),
  version: c.text({ max: 16 }),
  createdAt: c.nat64,
});
export type MonolithRow = Infer<typeof MonolithRow>;

/** What the monolith shows first: how much there is, and the newest fifty. */
export const MonolithDashboard = c.record({
  created: c.nat32,
  related: c.nat32,
  contracts: c.vec(MonolithRow, { max: 50 }),
});

/** The mission's first version: one backend that keeps everything, and looks through all of it to answer. */
export const Monolith = service('monolith', {
  getDashboard: query([c.principal], MonolithDashboard),
});
