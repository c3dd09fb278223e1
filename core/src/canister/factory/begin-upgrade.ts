import { factoryErrors, type ContractInfo } from '../../factory/index.ts';
import type { Result } from '../../errors/index.ts';
import {
  chooseTarget,
  MAX_OPEN,
  prepared,
  type UpgradeInitiator,
  type UpgradeRecord,
} from '../../model/upgrades/index.ts';
import type { Sequence } from '../../store/index.ts';
import { refuseBusy, type Works } from './busy.ts';
import { MAX_VERSIONS, type VersionRecord } from './version-store.ts';

/** What beginning an upgrade needs of the kernel. */
export interface UpgradeDesk extends Works {
  readonly versions: Sequence<VersionRecord>;
}

/** Who asks, and for what. */
interface UpgradeRequest {
  readonly version: string | null;
  readonly initiator: UpgradeInitiator;
  readonly requestedBy: Uint8Array;
  readonly now: bigint;
}

/** Writes an upgrade down, if the contract may have it. The driver does the rest once it is woken. */
export function beginUpgrade(
  kernel: UpgradeDesk,
  info: ContractInfo,
  { version, initiator, requestedBy, now }: UpgradeRequest,
): Result<UpgradeRecord> {
  const busy = refuseBusy(kernel, info);
  if (busy !== null) return busy;
  const { upgrades } = kernel;
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
  { upgrades, versions }: Pick<UpgradeDesk, 'upgrades' | 'versions'>,
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
