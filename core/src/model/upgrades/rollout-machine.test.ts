import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  examined,
  newRollout,
  nextMove,
  refuseOrder,
  resumed,
  upgradeOver,
} from './rollout-machine.ts';
import type { Rollout, RolloutOrder } from './rollout.ts';
import { phase, type FinalPhase } from './upgrade.ts';

const order: RolloutOrder = {
  version: '1.1.0',
  canary: 2,
  waves: [10, 50, 100],
  concurrency: 3,
  maxFailurePercent: 20,
  soakSeconds: 60,
  versions: [],
  statuses: [],
  optedInOnly: false,
  include: [],
  exclude: [],
};
const start = (change: Partial<RolloutOrder> = {}, fleet = 40) =>
  newRollout({ ...order, ...change }, { number: 0, fleet, startedBy: Uint8Array.of(1), now: 0n });
const ended = (ending: FinalPhase, code = 'factory.upgrade_probe_failed') => ({
  phase: phase(ending),
  reason: ending === 'Committed' ? null : { code, message: 'x', action: 'x' },
});

/** Plays a rollout: every contract is meant, and its upgrade ends as `fate` says, oldest first. */
function play(rollout: Rollout, fate: (place: number) => FinalPhase, stopAt = 10_000) {
  let now = 0n;
  const begun: number[] = [];
  const waiting: number[] = [];
  const stages: number[] = [];
  let most = 0;
  for (let step = 0; step < stopAt; step += 1) {
    const move = nextMove(rollout, now);
    if (move.kind === 'rest') break;
    if (move.kind === 'advance') rollout = move.rollout;
    if (move.kind === 'examine') {
      begun.push(move.place);
      waiting.push(move.place);
      stages.push(rollout.stage);
      rollout = examined(rollout, true);
      most = Math.max(most, rollout.active);
    }
    if (move.kind === 'wait') {
      if (move.until !== null) now = move.until;
      else rollout = upgradeOver(rollout, ended(fate(waiting.shift()!)), now);
    }
  }
  while (waiting.length > 0) {
    rollout = upgradeOver(rollout, ended(fate(waiting.shift()!)), now);
  }
  return { rollout, begun, stages, most, now };
}

describe('an order', () => {
  test.each([
    [{ canary: 0 }],
    [{ canary: 51 }],
    [{ concurrency: 0 }],
    [{ concurrency: 41 }],
    [{ maxFailurePercent: 101 }],
    [{ soakSeconds: 7 * 24 * 3600 + 1 }],
    [{ waves: [] }],
    [{ waves: [50] }],
    [{ waves: [50, 50, 100] }],
    [{ waves: [100, 50] }],
  ])('of %j is refused', (change) => {
    expect(refuseOrder({ ...order, ...change })?.Err.code).toBe('factory.rollout_invalid');
  });

  test('in its limits is taken', () => {
    expect(refuseOrder(order)).toBeNull();
  });
});

describe('a rollout on which all goes well', () => {
  const { rollout, begun, stages, most, now } = play(start(), () => 'Committed');

  test('reaches everybody once, in order', () => {
    expect(begun).toEqual(Array.from({ length: 40 }, (_, place) => place));
    expect(rollout).toMatchObject({ state: { Completed: null }, committed: 40, active: 0 });
  });

  test('begins with the canary, then goes as far as each wave says', () => {
    const count = (stage: number) => stages.filter((at) => at === stage).length;
    expect([0, 1, 2, 3].map(count)).toEqual([2, 2, 16, 20]);
  });

  test('never has more upgrades under way than it may, and waits between its stages', () => {
    expect(most).toBe(3);
    expect(now).toBe(3n * 60n * 1_000_000_000n);
  });
});

describe('a rollout on which something goes wrong', () => {
  test('halts after a canary that fails, before anybody else', () => {
    const { rollout, begun } = play(start(), () => 'Restored');
    expect(rollout).toMatchObject({ state: { Halted: null }, active: 0, restored: 2 });
    expect(begun).toEqual([0, 1]);
  });

  test('goes on while the failure rate is within the limit', () => {
    const { rollout } = play(start(), (place) => (place % 10 === 9 ? 'Restored' : 'Committed'));
    expect(rollout).toMatchObject({ state: { Completed: null }, restored: 4 });
  });

  test('does not take owners who stopped or took their contracts for failures', () => {
    const owners = upgradeOver(
      { ...start(), active: 1 },
      ended('Failed', 'factory.upgrade_not_running'),
      1n,
    );
    expect(owners).toMatchObject({ state: { Running: null }, failed: 1, judged: 0, active: 0 });
  });

  test('goes on when it is resumed, and halts again if it must', () => {
    const first = play(start(), () => 'Restored').rollout;
    const { rollout } = play(resumed(first, 5n), () => 'Restored');
    expect(rollout.state).toEqual({ Halted: null });
    expect(rollout.restored).toBeGreaterThan(2);
    expect(rollout.cursor).toBeLessThan(40);
  });

  test('stays paused or aborted, whatever still ends', () => {
    for (const state of [{ Paused: null }, { Aborted: null }] as const) {
      const rollout = upgradeOver({ ...start(), active: 2, state }, ended('Restored'), 1n);
      expect(rollout.state).toEqual(state);
      expect(nextMove(rollout, 2n)).toEqual({ kind: 'rest' });
    }
  });
});

test('whatever the order and the outcomes, nobody is upgraded twice and all are accounted for', () => {
  const outcome = fc.constantFrom<FinalPhase>('Committed', 'Committed', 'Restored', 'Failed');
  const change = fc.record({
    canary: fc.integer({ min: 1, max: 50 }),
    waves: fc.constantFrom([100], [1, 100], [10, 20, 50, 100]),
    concurrency: fc.integer({ min: 1, max: 40 }),
    maxFailurePercent: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(change, fc.array(outcome, { maxLength: 60 }), (settings, outcomes) => {
      const fleet = outcomes.length;
      const { rollout, begun, most } = play(start(settings, fleet), (place) => outcomes[place]!);
      expect(new Set(begun).size).toBe(begun.length);
      expect(most).toBeLessThanOrEqual(settings.concurrency);
      const { committed, restored, failed } = rollout;
      expect([rollout.active, committed + restored + failed]).toEqual([0, begun.length]);
      expect(Object.keys(rollout.state)).not.toContain('Running');
      if ('Completed' in rollout.state) expect(begun.length).toBe(fleet);
    }),
  );
});
