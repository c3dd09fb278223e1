/** Upgrades of contracts: what may be upgraded to what, and every step of doing it. Pure. */
export { chooseTarget, type Candidate } from './choose-target.ts';
export { intent, nextCall, settle, type Answer, type Facts, type UpgradeCall } from './machine.ts';
export { isRolloutOver, Rollout, RolloutOrder, RolloutState } from './rollout.ts';
export {
  examined,
  newRollout,
  nextMove,
  refuseOrder,
  resumed,
  upgradeOver,
  type RolloutMove,
} from './rollout-machine.ts';
export { MAX_OPEN, UpgradeBook, UpgradeChoice, type UpgradeSpaces } from './upgrade-book.ts';
export {
  isOver,
  phaseOf,
  prepared,
  Upgrade,
  UpgradePhase,
  type FinalPhase,
  type PhaseName,
  type UpgradeInitiator,
  type UpgradeOrder,
  type UpgradeRecord,
} from './upgrade.ts';
export { parseRange } from './version-range.ts';
