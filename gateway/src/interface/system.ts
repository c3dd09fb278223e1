import { httpMethods, Refusal } from '@fabrica/core';
import { c, query, update } from '@fabrica/core/candid';

import { AdministratorList } from '../model/administration/administrators.ts';
import { CanisterIds } from '../model/administration/wiring.ts';
import { ConfigChange } from '../model/config/config.ts';
import { ConfigValue } from '../model/config/keys.ts';
import { ConfigEntry } from '../model/config/listing.ts';
import { SolvencyBook } from '../model/orders/solvency.ts';
import { MAX_PAGE, Text } from './common.ts';
import { FactoryPulse, LedgerEntry, SetupPart } from './setup.ts';
import { SolvencyCheck, SystemStatus } from './system-status.ts';

/** How the system is, and how it is set: open to everybody. */
export const systemMethods = {
  getFactoryHealth: query([], c.vec(FactoryPulse, { max: 100 })),
  getMicroserviceSetupStatus: query([], c.vec(SetupPart, { max: 200 })),
  getLedgers: query([], c.vec(LedgerEntry, { max: 100 })),
  ...httpMethods,
  getSystemStatus: query([], SystemStatus),
  getSolvency: query([], c.vec(SolvencyBook, { max: 100 })),
  checkSolvency: update([c.opt(c.principal)], c.result(SolvencyCheck, Refusal)),
  getCanisterIds: query([], CanisterIds),
  getConfigValue: query([Text], c.result(ConfigValue, Refusal)),
  getConfigValues: query([], c.vec(ConfigEntry, { max: 1_000 })),
  /** Oldest first: from, limit. */
  getConfigHistory: query(
    [c.nat32, c.nat32],
    c.result(c.vec(ConfigChange, { max: MAX_PAGE }), Refusal),
  ),
  getAdministrators: query([], AdministratorList),
} as const;
