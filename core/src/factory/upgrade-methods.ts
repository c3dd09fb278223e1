import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { Upgrade } from '../model/upgrades/upgrade.ts';
import { UpgradePage, UpgradeStatus, VersionUpdate } from './upgrade-types.ts';

const done = c.result(c.null, Refusal);
const version = c.text({ max: 32 });

/** What every factory offers on versions and upgrades. */
export const upgradeMethods = {
  // Versions: for administrators.
  getModuleChunks: update([], c.result(c.vec(c.blob({ max: 32 }), { max: 100 }), Refusal)),
  updateVersion: update([version, VersionUpdate], done),
  /** Withdraws a version for good; the reason is shown to all. */
  yankVersion: update([version, c.text({ max: 500 })], done),

  // Upgrades: for contracts and their owners.
  requestUpgrade: update([c.opt(c.principal), c.opt(version)], c.result(Upgrade, Refusal)),
  pinVersion: update([c.principal, c.opt(version)], done),
  setAutoUpgrade: update([c.principal, c.bool], done),
  getUpgrade: query([c.principal], c.result(UpgradeStatus, Refusal)),
  /** Of one contract, or of all: contract, cursor, limit. */
  getUpgradeHistory: query(
    [c.opt(c.principal), c.opt(c.nat32), c.opt(c.nat32)],
    c.result(UpgradePage, Refusal),
  ),
} as const;
