import { Refusal } from '@fabrica/core';
import { c, query, update } from '@fabrica/core/candid';

import { Profile } from '../model/orders/users.ts';
import { RequestStatus } from '../model/orders/view.ts';
import {
  FactoryRoles,
  MAX_REPORTS,
  RelatedContract,
  RelatedFilter,
  RelationshipReport,
  RoleNames,
} from '../model/registry/report.ts';
import { MAX_PAGE } from './common.ts';

/** A page of what a user has to do with, newest first. */
export const RelatedPage = c.named(
  'RelatedPage',
  c.record({
    contracts: c.vec(RelatedContract, { max: MAX_PAGE }),
    /** What the bits of roles mean, for the factories on the page. */
    factories: c.vec(FactoryRoles, { max: 100 }),
    next: c.opt(c.nat32),
  }),
);

/** A user's first screen. */
export const Dashboard = c.named(
  'Dashboard',
  c.record({
    profile: Profile,
    /** The latest ten. */
    requests: c.vec(RequestStatus, { max: MAX_PAGE }),
    /** Cursor of getMyRequests for those before. */
    nextRequest: c.opt(c.nat32),
    /** The latest fifty, created and related, of all factories. */
    related: RelatedPage,
  }),
);

/** Who has to do with which contracts, of all factories. */
export const registryMethods = {
  /** By a factory: number of the first, names of its roles, reports about its own contracts. */
  reportRelationships: update(
    [c.nat64, RoleNames, c.vec(RelationshipReport, { max: MAX_REPORTS })],
    c.result(c.nat64, Refusal),
  ),
  getNextReport: query([c.principal], c.result(c.nat64, Refusal)),
  /** User (oneself if left out), filter, cursor, limit. */
  getRelatedCanisters: query(
    [c.opt(c.principal), c.opt(RelatedFilter), c.opt(c.nat32), c.nat32],
    c.result(RelatedPage, Refusal),
  ),
  getDashboard: query([c.opt(c.principal)], c.result(Dashboard, Refusal)),
} as const;
