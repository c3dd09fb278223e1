import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { listConfig } from '../model/config/listing.ts';
import { gateway } from './memory.ts';
import { refusePage, refuseStranger, tellAdministration } from './guards.ts';

/** The value of a setting: what was set last, or its default. */
export const getConfigValue = handle(GatewayService.methods.getConfigValue, (key) =>
  gateway.config.get(key, gateway.names),
);

/** All settings with types, ranges and defaults. */
export const getConfigValues = handle(GatewayService.methods.getConfigValues, () =>
  listConfig(
    gateway.config,
    gateway.factories.all.map(({ id }) => id),
    gateway.ledgers.all.map(({ id }) => id),
  ),
);

/** Who changed what, and when; oldest first. */
export const getConfigHistory = handle(GatewayService.methods.getConfigHistory, (from, limit) => {
  const refused = refusePage(limit);
  return refused ?? ok(gateway.config.history.page(from, limit));
});

/** Changes a setting. A changed fee takes effect when the quotes given so far have expired. */
export const setConfigValue = handle(
  GatewayService.methods.setConfigValue,
  (key, value, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const by = { principal: context.caller, now: context.now };
    const changed = gateway.config.set(key, value, by, gateway.names);
    if ('Err' in changed) return changed;
    tellAdministration(context, 'config.changed', key);
    return ok(null);
  },
  { audience: 'identified' },
);
