import { c } from '../../candid/index.ts';
import type { ContractInfo } from '../../factory/index.ts';
import type { Directory } from '../../model/directory/directory.ts';
import {
  examined,
  nextMove,
  Rollout,
  upgradeOver,
  type RolloutOrder,
  type UpgradeChoice,
  type UpgradeRecord,
} from '../../model/upgrades/index.ts';
import { equal, Sequence, stored, type ByteStore } from '../../store/index.ts';
import { MessageContext } from '../runtime/context.ts';
import { worker, type Worker } from '../runtime/worker.ts';
import { beginUpgrade, type UpgradeDesk } from './begin-upgrade.ts';
import { indexOfVersion } from './version-store.ts';

/** Contracts looked at in one message; the dearest, an upgrade begun, takes some 10 M instructions. */
const SLICE = 25;
/** Seconds until a rollout that waits looks again, if nothing ended meanwhile. */
const ROUND = 60;
const SECOND = 1_000_000_000n;

interface Parts extends UpgradeDesk {
  readonly directory: Directory;
  readonly upgrader: Worker;
}

/** The rollouts of a factory, one at a time, and the worker that carries the last one out. */
export function openRollouts(space: { readonly rollouts: ByteStore }, parts: Parts) {
  const rollouts = new Sequence(space.rollouts, stored(1, c.record({ rollout: Rollout })));
  const context = new MessageContext();

  const roller = worker(() => {
    let rollout = last();
    if (rollout === null) return null;
    for (let slice = 0; slice < SLICE; slice += 1) {
      const move = nextMove(rollout, context.now);
      if (move.kind === 'rest') return null;
      if (move.kind === 'wait') return secondsUntil(move.until);
      if (move.kind === 'advance') rollout = save(move.rollout);
      else {
        const next = examine(rollout, move.place);
        if (next === null) return ROUND;
        rollout = save(next);
      }
    }
    return 0;
  });

  /** Upgrades one contract of the fleet, if it is meant; `null` if there is no room just now. */
  function examine(rollout: Rollout, place: number): Rollout | null {
    const { order, number } = rollout;
    if (isWithdrawn(order.version)) return { ...rollout, state: { Aborted: null } };
    if (parts.upgrades.isFull) return null;
    const info = memberAt(order, place);
    if (info === null || !isMeant(order, info, parts.upgrades.choice(info.number))) {
      return examined(rollout, false);
    }
    const begun = beginUpgrade(parts, info, {
      version: order.version,
      initiator: { Rollout: number },
      requestedBy: rollout.startedBy,
      now: context.now,
    });
    if ('Ok' in begun) parts.upgrader.wake();
    return examined(rollout, 'Ok' in begun);
  }

  function memberAt({ include }: RolloutOrder, place: number): ContractInfo | null {
    const { directory } = parts;
    const number = include.length === 0 ? place : directory.numberOf(include[place]!);
    return number === null ? null : directory.info(number);
  }

  function isWithdrawn(version: string): boolean {
    const index = indexOfVersion(parts.versions, version);
    return index === null || parts.versions.at(index).yanked !== null;
  }

  function last(): Rollout | null {
    return rollouts.length === 0 ? null : rollouts.at(rollouts.length - 1).rollout;
  }

  function save(rollout: Rollout): Rollout {
    rollouts.set(rollout.number, { rollout });
    return rollout;
  }

  function secondsUntil(time: bigint | null): number {
    if (time === null) return ROUND;
    return Number((time - context.now + SECOND - 1n) / SECOND);
  }

  return {
    rollouts,
    lastRollout: last,
    saveRollout: save,
    roller,
    /** To be told of every upgrade that ended. */
    upgradeEnded(record: UpgradeRecord): void {
      if (!('Rollout' in record.initiator)) return;
      const { rollout } = rollouts.at(record.initiator.Rollout);
      save(upgradeOver(rollout, record, context.now));
      roller.wake();
    },
  };
}

/** True if a rollout is for this contract. */
function isMeant(order: RolloutOrder, info: ContractInfo, choice: UpgradeChoice): boolean {
  if (order.exclude.some((id) => equal(id, info.id))) return false;
  if (order.optedInOnly && !choice.autoUpgrade) return false;
  if (order.versions.length > 0 && !order.versions.includes(info.version)) return false;
  return order.statuses.length === 0 || order.statuses.includes(info.status);
}
