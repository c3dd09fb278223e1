import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { walk } from '../model/orders/history.ts';
import { viewOf } from '../model/orders/view.ts';
import { gateway } from './memory.ts';
import { refuseOther, refusePage } from './guards.ts';

/** Requests on a dashboard. */
const LATEST = 10;
/** Related contracts on a dashboard. */
const RELATED = 50;
const ALL = { factory: null, role: null, past: false };

/**
 * Takes a batch of relationships from the calling factory, about its own contracts. Numbered from 0 without gaps;
 * what was taken before is skipped, so sending again is harmless. Answers the number expected next.
 */
export const reportRelationships = handle(
  GatewayService.methods.reportRelationships,
  (first, roles, reports, { caller }) => {
    const place = gateway.factories.placeOf(caller);
    if (place === null) return gatewayErrors.not_a_factory();
    return gateway.relationships.report(place, first, roles, reports);
  },
  { audience: 'canisters' },
);

/** The number of the report expected next from a factory. */
export const getNextReport = handle(GatewayService.methods.getNextReport, (factory) => {
  const place = gateway.factories.placeOf(factory);
  return place === null ? gatewayErrors.not_a_factory() : ok(gateway.relationships.expected(place));
});

/** The contracts of all factories that a user created or has to do with, newest first; one's own, or any for administrators. */
export const getRelatedCanisters = handle(
  GatewayService.methods.getRelatedCanisters,
  (user, filter, cursor, limit, context) => {
    const whose = user ?? context.caller;
    const refused = refuseOther(context, whose) ?? refusePage(limit);
    return refused ?? ok(gateway.relationships.related(whose, filter ?? ALL, cursor, limit));
  },
);

/** All that a user's first screen shows, in one call. */
export const getDashboard = handle(GatewayService.methods.getDashboard, (user, context) => {
  const whose = user ?? context.caller;
  const refused = refuseOther(context, whose);
  if (refused !== null) return refused;
  const { users, journal, relationships } = gateway;
  const profile = users.get(whose);
  const latest = { user: whose, from: profile.latest, limit: LATEST };
  const page = walk(journal, latest, (order) => [viewOf(order, gateway)]);
  if (page === null) return gatewayErrors.unknown_request();
  const related = relationships.related(whose, ALL, null, RELATED);
  return ok({ profile, requests: page.rows, nextRequest: page.next, related });
});
