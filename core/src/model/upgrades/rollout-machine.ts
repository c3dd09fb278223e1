import type { Refused } from '../../errors/index.ts';
import { factoryErrors } from '../../factory/factory-errors.ts';
import { MAX_CONCURRENCY, type Rollout, type RolloutOrder } from './rollout.ts';
import type { UpgradeRecord } from './upgrade.ts';

const MAX_CANARY = 50;
const MAX_SOAK_SECONDS = 7 * 24 * 3600;
const NANOSECONDS = 1_000_000_000n;
/**
 * Once the canary is through, a failure rate is taken of this many upgrades at least: one that goes wrong
 * among the first two is no half of the fleet.
 */
const LEAST_SAMPLE = 10;

/** What an upgrade that fails says of its owner, not of the version. */
const OWNERS_DOING = new Set([
  'factory.upgrade_not_controlled',
  'factory.upgrade_empty',
  'factory.upgrade_not_running',
  'factory.upgrade_foreign_module',
]);

/** `null` if an order can be carried out. */
export function refuseOrder(order: RolloutOrder): Refused | null {
  const { canary, waves, concurrency, maxFailurePercent, soakSeconds } = order;
  const wrong = (field: string, rule: string) => factoryErrors.rollout_invalid({ field, rule });
  if (canary < 1 || canary > MAX_CANARY) return wrong('canary', `1 to ${MAX_CANARY}`);
  if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
    return wrong('concurrency', `1 to ${MAX_CONCURRENCY}`);
  }
  if (maxFailurePercent > 100) return wrong('maxFailurePercent', '0 to 100');
  if (soakSeconds > MAX_SOAK_SECONDS) return wrong('soakSeconds', `0 to ${MAX_SOAK_SECONDS}`);
  const ascending = waves.every((percent, index) => percent > (waves[index - 1] ?? 0));
  if (!ascending || waves.at(-1) !== 100) return wrong('waves', 'ascending, the last one 100');
  return null;
}

/** A rollout of which nothing is done yet. */
export function newRollout(
  order: RolloutOrder,
  {
    number,
    fleet,
    startedBy,
    now,
  }: Pick<Rollout, 'number' | 'fleet' | 'startedBy'> & {
    readonly now: bigint;
  },
): Rollout {
  return {
    number,
    order,
    state: { Running: null },
    stage: 0,
    cursor: 0,
    fleet,
    skipped: 0,
    active: 0,
    committed: 0,
    restored: 0,
    failed: 0,
    judged: 0,
    judgedWrong: 0,
    soakUntil: now,
    startedBy,
    startedAt: now,
    changedAt: now,
  };
}

/** What a rollout does next. */
export type RolloutMove =
  /** Look at the contract in this place of the fleet, and upgrade it if it is meant. */
  | { readonly kind: 'examine'; readonly place: number }
  /** Nothing until upgrades have ended, or until this time. */
  | { readonly kind: 'wait'; readonly until: bigint | null }
  /** The stage is done: go on with this. */
  | { readonly kind: 'advance'; readonly rollout: Rollout }
  /** Nothing any more, unless it is resumed. */
  | { readonly kind: 'rest' };

/** The {@link RolloutMove} of a rollout. Pure. */
export function nextMove(rollout: Rollout, now: bigint): RolloutMove {
  if (!('Running' in rollout.state)) return { kind: 'rest' };
  if (now < rollout.soakUntil) return { kind: 'wait', until: rollout.soakUntil };
  const { cursor, active, order } = rollout;
  if (cursor < stageEnd(rollout)) {
    const room = active < order.concurrency;
    return room ? { kind: 'examine', place: cursor } : { kind: 'wait', until: null };
  }
  // Every upgrade of a stage is judged before the next stage begins.
  if (active > 0) return { kind: 'wait', until: null };
  return { kind: 'advance', rollout: advanced(rollout, now) };
}

/** The place in the fleet up to which the stage goes. */
function stageEnd(rollout: Rollout): number {
  const { stage, cursor, fleet, order, active } = rollout;
  if (stage > 0) return Math.ceil((fleet * order.waves[stage - 1]!) / 100);
  const begun = active + rollout.committed + rollout.restored + rollout.failed;
  return begun < order.canary ? fleet : cursor;
}

function advanced(rollout: Rollout, now: bigint): Rollout {
  if (rollout.cursor >= rollout.fleet) {
    return { ...rollout, state: { Completed: null }, changedAt: now };
  }
  const soakUntil = now + BigInt(rollout.order.soakSeconds) * NANOSECONDS;
  return { ...rollout, stage: rollout.stage + 1, soakUntil, changedAt: now };
}

/** After a contract was looked at. @param begun true if its upgrade was begun. */
export function examined(rollout: Rollout, begun: boolean): Rollout {
  const cursor = rollout.cursor + 1;
  if (begun) return { ...rollout, cursor, active: rollout.active + 1 };
  return { ...rollout, cursor, skipped: rollout.skipped + 1 };
}

/** After one of its upgrades ended; halts the rollout if too many went wrong. */
export function upgradeOver(
  rollout: Rollout,
  { phase, reason }: Pick<UpgradeRecord, 'phase' | 'reason'>,
  now: bigint,
): Rollout {
  const went = {
    ...rollout,
    active: rollout.active - 1,
    committed: rollout.committed + ('Committed' in phase ? 1 : 0),
    restored: rollout.restored + ('Restored' in phase ? 1 : 0),
    failed: rollout.failed + ('Failed' in phase ? 1 : 0),
  };
  if (reason !== null && OWNERS_DOING.has(reason.code)) return went;
  const judged = rollout.judged + 1;
  const judgedWrong = rollout.judgedWrong + ('Committed' in phase ? 0 : 1);
  const sample = rollout.stage === 0 ? judged : Math.max(judged, LEAST_SAMPLE);
  const tooMany = judgedWrong * 100 > rollout.order.maxFailurePercent * sample;
  const told = { ...went, judged, judgedWrong };
  if (!tooMany || !('Running' in rollout.state)) return told;
  return { ...told, state: { Halted: null }, changedAt: now };
}

/** The rollout, running again. What went wrong before is no longer held against it. */
export function resumed(rollout: Rollout, now: bigint): Rollout {
  return { ...rollout, state: { Running: null }, judged: 0, judgedWrong: 0, changedAt: now };
}
