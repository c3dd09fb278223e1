import { factoryErrors, factoryMethods, type ContractInfo } from '../../factory/index.ts';
import type { Result } from '../../errors/index.ts';
import type { UpgradeInitiator } from '../../model/upgrades/index.ts';
import { equal } from '../../store/index.ts';
import { handle } from '../runtime/handle.ts';
import { beginUpgrade, targetOf } from './begin-upgrade.ts';
import type { Kernel } from './kernel.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 50;
const identified = { audience: 'identified' } as const;

/**
 * Asks for an upgrade, of the calling contract or of a contract of the caller's: to a version by name, or
 * to the newest stable one that takes it. Answers at once; `getUpgrade` tells how far it is.
 */
export const requestUpgrade = (kernel: Kernel) =>
  handle(
    factoryMethods.requestUpgrade,
    (contract, version, context) => {
      const info = contractOf(kernel, contract ?? context.caller);
      if ('Err' in info) return info;
      const initiator = initiatorOf(info.Ok, context.caller);
      if (initiator === null) return factoryErrors.not_owner_or_contract();
      const begun = beginUpgrade(kernel, info.Ok, {
        version,
        initiator,
        requestedBy: context.caller,
        now: context.now,
      });
      if ('Ok' in begun) kernel.upgrader.wake();
      return begun;
    },
    identified,
  );

/** Binds a contract to one version, or to none: the factory upgrades it to no other. */
export const pinVersion = (kernel: Kernel) =>
  handle(
    factoryMethods.pinVersion,
    (contract, pinned, context) => {
      const info = ownContract(kernel, contract, context.caller);
      if ('Err' in info) return info;
      const { number } = info.Ok;
      kernel.upgrades.choose(number, { pinned });
      return { Ok: null };
    },
    identified,
  );

/** Lets the factory upgrade a contract on its own, or no longer. */
export const setAutoUpgrade = (kernel: Kernel) =>
  handle(
    factoryMethods.setAutoUpgrade,
    (contract, autoUpgrade, context) => {
      const info = ownContract(kernel, contract, context.caller);
      if ('Err' in info) return info;
      const { number } = info.Ok;
      kernel.upgrades.choose(number, { autoUpgrade });
      return { Ok: null };
    },
    identified,
  );

/** How a contract's upgrade stands, or how its last one ended. */
export const getUpgrade = (kernel: Kernel) =>
  handle(factoryMethods.getUpgrade, (contract) => {
    const info = contractOf(kernel, contract);
    if ('Err' in info) return info;
    const { number } = info.Ok;
    const target = targetOf(kernel, info.Ok, null);
    return {
      Ok: {
        upgrade: kernel.upgrades.of(number),
        choice: kernel.upgrades.choice(number),
        available: 'Ok' in target ? target.Ok.version : null,
      },
    };
  });

/** The upgrades that ended, of one contract or of all, newest first. */
export const getUpgradeHistory = (kernel: Kernel) =>
  handle(factoryMethods.getUpgradeHistory, (contract, cursor, asked) => {
    const limit = Math.max(1, Math.min(asked ?? DEFAULT_LIMIT, MAX_LIMIT));
    if (contract === null) return { Ok: kernel.upgrades.history(cursor, limit) };
    const info = contractOf(kernel, contract);
    if ('Err' in info) return info;
    return { Ok: kernel.upgrades.historyOf(info.Ok.number, cursor, limit) };
  });

/** A contract of this factory. */
export function contractOf(kernel: Kernel, contract: Uint8Array): Result<ContractInfo> {
  const number = kernel.directory.numberOf(contract);
  return number === null ? factoryErrors.unknown_contract() : { Ok: kernel.directory.info(number) };
}

/** A contract of this factory, if the caller owns it. */
export function ownContract(
  kernel: Kernel,
  contract: Uint8Array,
  caller: Uint8Array,
): Result<ContractInfo> {
  const info = contractOf(kernel, contract);
  if ('Err' in info || equal(info.Ok.owner, caller)) return info;
  return factoryErrors.not_the_owner();
}

function initiatorOf(info: ContractInfo, caller: Uint8Array): UpgradeInitiator | null {
  if (equal(info.id, caller)) return { Contract: null };
  return equal(info.owner, caller) ? { Owner: null } : null;
}
