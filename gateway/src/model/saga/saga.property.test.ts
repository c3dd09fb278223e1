import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { begin, recover } from './begin.ts';
import { isFinal, stateOf, type Order } from './order.ts';
import { resolve, type Resolution } from './resolve.ts';
import { settle } from './settle.ts';
import { FOREVER } from './steps.ts';
import { sampleOrder, SECOND } from './testing/sample-order.ts';
import { World, type Luck } from './testing/world.ts';

/** One turn of the driver: how its call fares, whether the gateway dies before it can note the outcome, and the time until the next turn. */
interface Turn {
  readonly luck: Luck;
  readonly dies: boolean;
  readonly pause: number;
}

const turn: fc.Arbitrary<Turn> = fc.record({
  luck: fc.constantFrom<Luck>('answered', 'answer lost', 'trapped', 'unsent', 'declined'),
  dies: fc.boolean(),
  pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 7200 }), fc.constant(100_000)),
});

describe('an order under any luck, with the gateway dying between any two steps', () => {
  test('ends once, charged at most once, refunded at most once, with the contract or the money', () => {
    fc.assert(
      fc.property(
        fc.array(turn, { maxLength: 25 }),
        fc.constantFrom(0n, 1_000n),
        (turns, price) => {
          const world = new World();
          const order = run(sampleOrder({ price, acceptedAt: SECOND }), world, turns);
          expect(isFinal(order)).toBe(true);
          check(order, world);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

/** Lives through the turns, then through quiet ones until the order ends; an administrator looks up what the ledger does not show. */
function run(accepted: Order, world: World, turns: readonly Turn[]): Order {
  let journal = accepted;
  let now = 10n * SECOND;
  const quiet: Turn = { luck: 'answered', dies: false, pause: 4_000 };
  for (let at = 0; at < turns.length + 60 && !isFinal(journal); at += 1) {
    const { luck, dies, pause } = turns[at] ?? quiet;
    if (stateOf(journal) === 'Stuck' && journal.notBefore === FOREVER)
      journal = lookUp(journal, world, now);
    const { order, effect } = begin(journal, now);
    journal = order;
    if (effect !== null) {
      const outcome = world.perform(effect, order, now, luck);
      now += BigInt(pause) * SECOND;
      journal = dies ? recover(order, now) : settle(order, effect, outcome, now);
    } else {
      now += BigInt(pause) * SECOND + SECOND;
    }
  }
  return journal;
}

function lookUp(order: Order, world: World, now: bigint): Order {
  const decision: Resolution =
    order.refund === null
      ? world.charges > 0
        ? { Charged: { block: 0n } }
        : { NotCharged: null }
      : world.refunds > 0
        ? { Refunded: { block: 1n } }
        : { NotRefunded: null };
  const resolved = resolve(order, decision, now);
  if ('Err' in resolved) throw new Error(resolved.Err.code);
  return resolved.Ok;
}

function check(order: Order, world: World): void {
  const state = stateOf(order);
  const charged = order.price > 0n && state !== 'Refused' ? 1 : 0;
  expect(world.charges, 'charged').toBe(charged);
  expect(world.refunds, 'refunded').toBe(state === 'Refunded' ? 1 : 0);
  expect(world.contracts, 'contracts').toBe(state === 'Deployed' ? 1 : 0);
  expect(world.userPaid - world.userReceived).toBe(state === 'Deployed' ? order.price : 0n);
  expect(order.args).toHaveLength(0);
  expect(order.contract !== null).toBe(state === 'Deployed');
  if (state !== 'Deployed') expect(order.refusal).not.toBeNull();
}
