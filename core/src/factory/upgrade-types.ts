import { c, type Infer } from '../candid/index.ts';
import { Upgrade } from '../model/upgrades/upgrade.ts';
import { UpgradeChoice } from '../model/upgrades/upgrade-book.ts';

/** What is said of a version after its registration. Absent fields stay as they are. */
export const VersionUpdate = c.named(
  'VersionUpdate',
  c.record({
    /** The channel: stable versions are made and upgraded to by default, betas only on request. */
    stable: c.opt(c.bool),
    /**
     * Versions that may be upgraded to this one, as `>=1.0.0 <2.0.0 || 2.1.0`; an empty text for all
     * older ones.
     */
    upgradableFrom: c.opt(c.text({ max: 200 })),
    /** SHA-256 of the Candid interface, as checked where the version was built. */
    candidHash: c.opt(c.blob({ max: 32 })),
    /** What that check found, for owners to read. */
    compatibility: c.opt(c.text({ max: 500 })),
    /** A deprecated version is neither made nor upgraded to unless somebody names it. */
    deprecated: c.opt(c.bool),
  }),
);
export type VersionUpdate = Infer<typeof VersionUpdate>;

/** What `getUpgrade` tells: the upgrade under way or the last one, and what the owner decided. */
export const UpgradeStatus = c.named(
  'UpgradeStatus',
  c.record({
    upgrade: c.opt(Upgrade),
    choice: UpgradeChoice,
    /** The newest stable version that takes the contract; `null` if it is up to date. */
    available: c.opt(c.text({ max: 32 })),
  }),
);

/** A page of upgrades that ended, newest first. */
export const UpgradePage = c.named(
  'UpgradePage',
  c.record({
    upgrades: c.vec(Upgrade, { max: 100 }),
    /** Pass it on for the next page; `null` at the end. */
    next: c.opt(c.nat32),
  }),
);
