import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { gateway } from './memory.ts';
import { refuseStranger, tellAdministration } from './guards.ts';

/** The factories that can be ordered from, with what they cost. */
export const getFactories = handle(GatewayService.methods.getFactories, ({ now }) => {
  const { config, factories } = gateway;
  return factories.all.map(({ id, canister, registeredAt }) => ({
    id,
    canister,
    registeredAt,
    enabled: config.factoryFlag(id, 'enabled'),
    free: config.factoryFlag(id, 'free'),
    fee: config.fee(id, now).fee,
  }));
});

/** Adds a factory, or moves it to another canister. */
export const registerFactory = handle(
  GatewayService.methods.registerFactory,
  (id, canister, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const registered = gateway.factories.register(id, canister, context.now);
    if ('Ok' in registered) tellAdministration(context, 'factory.registered', id);
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
    const { config, factories } = gateway;
    if (!factories.has(id)) return gatewayErrors.unknown_factory({ factory: id });
    const by = { principal: context.caller, now: context.now };
    const changed = config.set(`${id}.enabled`, { Bool: enabled }, by, factories.has);
    if ('Err' in changed) return changed;
    tellAdministration(context, 'config.changed', `${id}.enabled`);
    return ok(null);
  },
  { audience: 'identified' },
);
