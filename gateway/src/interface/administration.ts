import { Refusal } from '@fabrica/core';
import { c, query, update } from '@fabrica/core/candid';

import { AdministratorList } from '../model/administration/administrators.ts';
import { CanisterIds, canisterIds } from '../model/administration/wiring.ts';
import { ConfigValue } from '../model/config/keys.ts';
import { RequestStatus } from '../model/orders/view.ts';
import { Resolution } from '../model/saga/resolve.ts';
import { done, MAX_PAGE, Text } from './common.ts';

/** What the gateway is installed with. */
export const GatewayInit = c.named(
  'GatewayInit',
  c.record({ administrators: AdministratorList, ...canisterIds }),
);

/** For administrators. */
export const administrationMethods = {
  registerLedger: update([Text, c.principal], done),
  registerFactory: update([Text, c.principal], done),
  setFactoryEnabled: update([Text, c.bool], done),
  setConfigValue: update([Text, ConfigValue], done),
  setCanisterIds: update([CanisterIds], done),
  setAdministrators: update([AdministratorList], done),
  setUserSuspended: update([c.principal, c.bool], done),
  /** Open orders, oldest first. */
  getOpenRequests: query([c.nat32], c.result(c.vec(RequestStatus, { max: MAX_PAGE }), Refusal)),
  /** Decides about an order, by its number, that cannot find out itself what happened. */
  resolveRequest: update([c.nat32, Resolution], c.result(RequestStatus, Refusal)),
} as const;
