import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import { binary, equal } from '../../store/index.ts';
import * as platform from '../management/platform.ts';
import { handle } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';
import { moduleOf } from './version-store.ts';

/**
 * Lets a contract have canisters of its own: of the module that it runs itself, and no other, as chunk stores
 * cannot be read and only their owner may install from them. The contract pays for the canister and makes the
 * factory its controller; an empty one that others control, or that is no contract's, is never touched.
 */
export const installSibling = (kernel: Kernel) =>
  handle(
    factoryMethods.installSibling,
    async (canister, argument, context) => {
      const number = kernel.directory.numberOf(context.caller);
      if (number === null) return factoryErrors.unknown_contract();
      const { moduleHash: hash, version } = kernel.directory.info(number);
      const module = moduleOf(kernel.versions, hash);
      if (module === null) return factoryErrors.version_unknown({ version });
      if (module.withdrawn) return factoryErrors.version_yanked({ version: module.version });

      const facts = await platform.canisterFacts(canister);
      if (!facts.ok) return factoryErrors.platform_failed({ reason: facts.failure.message });
      const { moduleHash, controllers } = facts.value;
      const known = new Set(controllers.map(binary));
      const both = known.has(binary(context.caller)) && known.has(binary(context.self));
      if (!both || known.size !== 2) return factoryErrors.not_a_sibling();
      if (moduleHash !== null) {
        return equal(moduleHash, hash) ? { Ok: null } : factoryErrors.not_a_sibling();
      }
      // Should the canister be filled meanwhile, the platform refuses.
      const stored = { hash, chunks: module.chunks, store: context.self };
      const installed = await platform.installModule(canister, stored, argument, 'install');
      if (installed.ok) return { Ok: null };
      return factoryErrors.platform_failed({ reason: installed.failure.message });
    },
    { audience: 'canisters' },
  );
