import { factoryErrors, factoryMethods, type ContractInfo } from '../../factory/index.ts';
import type { Result } from '../../errors/index.ts';
import {
  chooseTarget,
  MAX_OPEN,
  prepared,
  type UpgradeInitiator,
  type UpgradeRecord,
} from '../../model/upgrades/index.ts';
import { equal } from '../../store/index.ts';
import { handle } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';
import { MAX_VERSIONS } from './version-store.ts';

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

/** Who asks, and for what. */
interface UpgradeRequest {
  readonly version: string | null;
  readonly initiator: UpgradeInitiator;
  readonly requestedBy: Uint8Array;
  readonly now: bigint;
}

/** Writes an upgrade down, if the contract may have it. The driver does the rest once it is woken. */
export function beginUpgrade(
  kernel: Pick<Kernel, 'upgrades' | 'versions' | 'handovers'>,
  info: ContractInfo,
  { version, initiator, requestedBy, now }: UpgradeRequest,
): Result<UpgradeRecord> {
  if (!info.managed) return factoryErrors.unmanaged();
  const { upgrades } = kernel;
  if (upgrades.open.includes(info.number)) return factoryErrors.upgrade_under_way();
  if (kernel.handovers.open.includes(info.number)) return factoryErrors.handover_under_way();
  if (upgrades.isFull) return factoryErrors.too_many_upgrades({ limit: MAX_OPEN });
  const target = targetOf(kernel, info, version);
  if ('Err' in target) return target;
  const record = prepared(
    {
      contract: info.id,
      number: info.number,
      fromVersion: info.version,
      fromHash: info.moduleHash,
      toVersion: target.Ok.version,
      toHash: target.Ok.moduleHash,
      initiator,
      requestedBy,
    },
    now,
  );
  upgrades.begin(record);
  return { Ok: record };
}

/** The version a contract would be upgraded to: what is asked for, within what its owner pinned. */
export function targetOf(
  { upgrades, versions }: Pick<Kernel, 'upgrades' | 'versions'>,
  { number, version: current }: ContractInfo,
  wanted: string | null,
) {
  const { pinned } = upgrades.choice(number);
  if (pinned !== null && (pinned === current || pinned !== (wanted ?? pinned))) {
    return factoryErrors.pinned({ version: pinned });
  }
  const candidates = versions.page(0, MAX_VERSIONS).map(({ registration, ...said }) => ({
    version: registration.version,
    moduleHash: registration.moduleHash,
    stable: registration.stable,
    upgradableFrom: said.upgradableFrom,
    deprecated: said.deprecated,
    yanked: said.yanked !== null,
  }));
  return chooseTarget(current, wanted ?? pinned, candidates);
}

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
