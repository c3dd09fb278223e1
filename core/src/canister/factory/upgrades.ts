import type { Directory, Refresh } from '../../model/directory/directory.ts';
import type { RetirementBook } from '../../model/cycles/retirement.ts';
import type { HandoverBook } from '../../model/handover.ts';
import { UpgradeBook, type UpgradeSpaces } from '../../model/upgrades/index.ts';
import type { ByteStore, Queue, Sequence } from '../../store/index.ts';
import type { Worker } from '../runtime/worker.ts';
import { openRollouts } from './rollout-worker.ts';
import { upgradeDriver } from './upgrade-driver.ts';
import { moduleOf, type VersionRecord } from './version-store.ts';

/** What upgrades need of the rest of the kernel. */
interface Parts {
  readonly directory: Directory;
  readonly versions: Sequence<VersionRecord>;
  readonly handovers: HandoverBook;
  readonly retirements: RetirementBook;
  readonly refreshes: Queue<Refresh>;
  readonly refresher: Worker;
}

/** The part of the kernel that upgrades contracts, one by one and all together. */
export function openUpgrades(
  space: UpgradeSpaces & { readonly rollouts: ByteStore },
  parts: Parts,
) {
  const upgrades = new UpgradeBook(space);
  const upgrader = upgradeDriver({
    ...parts,
    upgrades,
    moduleOf: (hash) => moduleOf(parts.versions, hash),
    ended: (record) => rolling.upgradeEnded(record),
  });
  const rolling = openRollouts(space, { ...parts, upgrades, upgrader });
  return { upgrades, upgrader, ...rolling };
}
