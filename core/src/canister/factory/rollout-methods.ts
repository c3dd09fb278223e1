import { factoryErrors, factoryMethods } from '../../factory/index.ts';
import type { Result } from '../../errors/index.ts';
import {
  isRolloutOver,
  newRollout,
  refuseOrder,
  resumed,
  type Rollout,
} from '../../model/upgrades/index.ts';
import { handle } from '../runtime/handle.ts';
import { administered } from './access.ts';
import type { Kernel } from './kernel.ts';
import { indexOfVersion } from './version-store.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 20;

/** Starts to bring a version to the fleet: canary, then waves. One rollout at a time. */
export const startRollout = (kernel: Kernel) =>
  administered(
    kernel,
    'startRollout',
    ['Publisher'],
    ({ version, canary, waves }) => ({
      detail: `${version}, canary ${canary}, waves ${waves.join(' ')}`,
    }),
    (order, context) => {
      const refused = refuseOrder(order);
      if (refused !== null) return refused;
      const { version, include } = order;
      const index = indexOfVersion(kernel.versions, version);
      if (index === null) return factoryErrors.version_unknown({ version });
      if (kernel.versions.at(index).yanked !== null) {
        return factoryErrors.version_yanked({ version });
      }
      const last = kernel.lastRollout();
      if (last !== null && !isRolloutOver(last)) {
        return factoryErrors.rollout_under_way({ number: last.number });
      }
      const rollout = newRollout(order, {
        number: kernel.rollouts.length,
        fleet: include.length === 0 ? kernel.directory.size : include.length,
        startedBy: context.caller,
        now: context.now,
      });
      kernel.rollouts.append({ rollout });
      kernel.roller.wake();
      return { Ok: rollout };
    },
  );

/** Begins nothing more until it is resumed; what is under way goes on to its end. */
export const pauseRollout = (kernel: Kernel) =>
  administered(kernel, 'pauseRollout', ['Publisher', 'Guardian'], told, (number, { now }) =>
    change(kernel, number, ['Running'], (rollout) => ({
      ...rollout,
      state: { Paused: null },
      changedAt: now,
    })),
  );

/** Goes on with a rollout that was paused, or that halted. */
export const resumeRollout = (kernel: Kernel) =>
  administered(kernel, 'resumeRollout', ['Publisher'], told, (number, { now }) => {
    const answer = change(kernel, number, ['Paused', 'Halted'], (rollout) => resumed(rollout, now));
    if ('Ok' in answer) kernel.roller.wake();
    return answer;
  });

/** Ends a rollout for good; what is under way goes on to its end. */
export const abortRollout = (kernel: Kernel) =>
  administered(kernel, 'abortRollout', ['Publisher'], told, (number, { now }) =>
    change(kernel, number, ['Running', 'Paused', 'Halted'], (rollout) => ({
      ...rollout,
      state: { Aborted: null },
      changedAt: now,
    })),
  );

/** What the log says of a change to a rollout. */
const told = (number: number) => ({ detail: `rollout ${number}` });

/** One rollout. */
export const getRollout = (kernel: Kernel) =>
  handle(factoryMethods.getRollout, (number) => {
    if (number >= kernel.rollouts.length) return factoryErrors.rollout_unknown({ number });
    return { Ok: kernel.rollouts.at(number).rollout };
  });

/** The rollouts, newest first. */
export const getRollouts = (kernel: Kernel) =>
  handle(factoryMethods.getRollouts, (cursor, asked) => {
    const { length } = kernel.rollouts;
    const end = Math.min(cursor ?? length, length);
    const limit = Math.max(1, Math.min(asked ?? DEFAULT_LIMIT, MAX_LIMIT));
    const begin = Math.max(0, end - limit);
    const rollouts = kernel.rollouts.page(begin, end - begin).map(({ rollout }) => rollout);
    return { rollouts: rollouts.reverse(), next: begin > 0 ? begin : null };
  });

function change(
  kernel: Kernel,
  number: number,
  from: readonly string[],
  to: (rollout: Rollout) => Rollout,
): Result<Rollout> {
  if (number >= kernel.rollouts.length) return factoryErrors.rollout_unknown({ number });
  const { rollout } = kernel.rollouts.at(number);
  const state = Object.keys(rollout.state)[0]!;
  if (!from.includes(state)) {
    return factoryErrors.rollout_state({ number, state: state.toLowerCase() });
  }
  return { Ok: kernel.saveRollout(to(rollout)) };
}
