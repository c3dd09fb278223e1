import type { Directory, Refresh } from '../../model/directory/directory.ts';
import { UpgradeBook, type UpgradeSpaces } from '../../model/upgrades/index.ts';
import type { Queue, Sequence } from '../../store/index.ts';
import type { Worker } from '../runtime/worker.ts';
import { upgradeDriver } from './upgrade-driver.ts';
import { moduleOf, type VersionRecord } from './version-store.ts';

/** What upgrades need of the rest of the kernel. */
interface Parts {
  readonly directory: Directory;
  readonly versions: Sequence<VersionRecord>;
  readonly refreshes: Queue<Refresh>;
  readonly refresher: Worker;
}

/** The part of the kernel that upgrades contracts. */
export function openUpgrades(space: UpgradeSpaces, parts: Parts) {
  const upgrades = new UpgradeBook(space);
  const upgrader = upgradeDriver({
    ...parts,
    upgrades,
    moduleOf: (hash) => moduleOf(parts.versions, hash),
    ended: () => undefined,
  });
  return { upgrades, upgrader };
}
