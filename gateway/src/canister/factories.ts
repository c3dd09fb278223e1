import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { gateway } from './memory.ts';
import { refuseStranger, tellAdministration } from './guards.ts';
import { factoryWatch } from './workers/factory-watch.ts';

/** The factories that can be ordered from, with what they cost. */
export const getFactories = handle(GatewayService.methods.getFactories, ({ now }) => {
  const { config, factories, ledgers } = gateway;
  return factories.all.map(({ id, canister, registeredAt }) => ({
    id,
    canister,
    registeredAt,
    enabled: config.factoryFlag(id, 'enabled'),
    free: config.factoryFlag(id, 'free'),
    fee: config.fee(id, null, now).fee,
    fees: ledgers.all.map((ledger) => ({
      ledger: ledger.canister,
      fee: config.fee(id, ledger.id, now).fee,
    })),
  }));
});

/** Adds a factory, or moves it to another canister. */
export const registerFactory = handle(
  GatewayService.methods.registerFactory,
  (id, canister, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const registered = gateway.factories.register(id, canister, context.now);
    if ('Ok' in registered) {
      tellAdministration(context, 'factory.registered', id);
      factoryWatch.wake();
    }
    return registered;
  },
  { audience: 'identified' },
);

/** Opens or closes a factory for new orders: short for setting `<factory>.enabled`. */
export const setFactoryEnabled = handle(
  GatewayService.methods.setFactoryEnabled,
  (id, enabled, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const { config, factories, names } = gateway;
    if (!factories.has(id)) return gatewayErrors.unknown_factory({ factory: id });
    const by = { principal: context.caller, now: context.now };
    const changed = config.set(`${id}.enabled`, { Bool: enabled }, by, names);
    if ('Err' in changed) return changed;
    tellAdministration(context, 'config.changed', `${id}.enabled`);
    return ok(null);
  },
  { audience: 'identified' },
);
