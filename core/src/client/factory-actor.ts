import { service, toIdlFactory, type ActorOf } from '../candid/index.ts';
import { FactoryInit, factoryMethods } from '../factory/index.ts';

/** What every factory offers, whatever it makes. */
export const FactoryService = service('factory', factoryMethods, [FactoryInit]);

/** The interface of every factory, for `Actor.createActor` and PocketIC. */
export const factoryIdlFactory = toIdlFactory(FactoryService);

/** The actor that an agent or PocketIC makes of {@link factoryIdlFactory}. */
export type FactoryActor = ActorOf<typeof FactoryService>;
