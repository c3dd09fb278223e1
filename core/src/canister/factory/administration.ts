import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import { handle } from '../runtime/handle.ts';
import { refuseAdministrator } from './access.ts';
import type { Kernel } from './kernel.ts';

/** Replaces the whitelist. At least one administrator must remain. */
export const setupWhitelist = (kernel: Kernel) =>
  handle(factoryMethods.setupWhitelist, (whitelist, context) => {
    const refused = refuseAdministrator(kernel, context.caller);
    if (refused !== null) return refused;
    if (whitelist.administrators.length === 0) return factoryErrors.last_administrator();
    kernel.whitelist.set(whitelist);
    return { Ok: null };
  });

/** Changes the settings that are given. */
export const updateFactoryConfig = (kernel: Kernel) =>
  handle(factoryMethods.updateFactoryConfig, (change, context) => {
    const refused = refuseAdministrator(kernel, context.caller);
    if (refused !== null) return refused;
    const { paused, reserve } = kernel.config.get();
    kernel.config.set({ paused: change.paused ?? paused, reserve: change.reserve ?? reserve });
    return { Ok: null };
  });
