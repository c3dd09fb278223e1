import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binary, type MemoryStore } from '@fabrica/core/store';

import { openGateway, type Gateway } from '../gateway.ts';
import { HIGH_WATER } from '../outbox/outbox.ts';
import { isFinal, stateOf, STATES, type Order } from '../saga/order.ts';
import { FOREVER } from '../saga/steps.ts';
import { World as Fate, type Luck } from '../saga/testing/world.ts';
import { draft, emptyGateway, SECOND, START, user } from '../testing.ts';
import { columnOf, emptyBook } from './books.ts';
import { Driver, type World } from './drive.ts';

const LUCK: readonly Luck[] = ['answered', 'answer lost', 'trapped', 'unsent', 'declined'];

/** What happens next: a new order, a run of the reconciler, an upgrade; with the luck of the calls it leads to. */
type Happening =
  | {
      readonly kind: 'order';
      readonly user: number;
      readonly free: boolean;
      readonly luck: readonly Call[];
    }
  | { readonly kind: 'reconcile'; readonly luck: readonly Call[] }
  | { readonly kind: 'upgrade' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** How a call fares, and whether the gateway traps when its answer arrives. */
interface Call {
  readonly luck: Luck;
  readonly traps: boolean;
}

const calls = fc.array(fc.record({ luck: fc.constantFrom(...LUCK), traps: fc.boolean() }), {
  maxLength: 6,
});
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    user: fc.integer({ min: 1, max: 3 }),
    free: fc.boolean(),
    luck: calls,
  }),
  fc.record({ kind: fc.constant('reconcile' as const), luck: calls }),
  fc.constant({ kind: 'upgrade' as const }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 50_000 }) }),
);

class Trap extends Error {}

/** A gateway that lives through happenings; its ledger and factories remember for every order what they did. */
class Life {
  readonly store: MemoryStore;
  gateway: Gateway;
  #driver: Driver;
  now = START;
  readonly fates = new Map<number, Fate>();

  constructor() {
    const { store, gateway } = emptyGateway();
    this.store = store;
    this.gateway = gateway;
    this.#driver = new Driver(gateway.journal);
  }

  upgrade(): void {
    this.gateway = openGateway(this.store);
    this.#driver = new Driver(this.gateway.journal);
  }

  async order(caller: Uint8Array, free: boolean, luck: readonly Call[]): Promise<void> {
    const price = free ? 0n : 1_000n;
    const order = this.gateway.journal.accept(draft({ caller, price, ledgerFee: 10n }), this.now);
    await this.#survive(this.#driver.start(order, this.#world(luck)));
  }

  async reconcile(luck: readonly Call[]): Promise<void> {
    const { numbers } = this.gateway.journal.due(this.now, 10);
    for (const number of numbers) {
      await this.#survive(this.#driver.resume(this.gateway.journal.at(number)!, this.#world(luck)));
    }
  }

  /** A trap undoes what the message did since its last call; what the journal holds stays. */
  async #survive(run: Promise<unknown>): Promise<void> {
    await run.catch((error: unknown) => {
      if (!(error instanceof Trap)) throw error;
    });
  }

  #world(luck: readonly Call[]): World {
    const left = [...luck];
    return {
      perform: (effect, order) => {
        const fate = this.fates.get(order.number) ?? new Fate();
        this.fates.set(order.number, fate);
        const call = left.shift() ?? { luck: 'answered' as const, traps: false };
        const outcome = fate.perform(effect, order, this.now, call.luck);
        this.now += SECOND;
        return call.traps ? Promise.reject(new Trap()) : Promise.resolve(outcome);
      },
      now: () => this.now,
      stopped: () => this.gateway.config.flag('emergency_stop'),
    };
  }

  orders(): Order[] {
    const all: Order[] = [];
    for (let at = 0; at < this.gateway.journal.overview.orders; at += 1)
      all.push(this.gateway.journal.at(at)!);
    return all;
  }
}

describe('a gateway living through random orders, failures, traps, upgrades and clock jumps', () => {
  test('keeps counts, books and open orders in step with the journal, and ends every order rightly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
        const life = new Life();
        for (const next of happenings) {
          if (next.kind === 'order') await life.order(user(next.user), next.free, next.luck);
          if (next.kind === 'reconcile') await life.reconcile(next.luck);
          if (next.kind === 'upgrade') life.upgrade();
          if (next.kind === 'wait') life.now += BigInt(next.seconds) * SECOND;
          checkSums(life);
        }
        // Peace: nothing fails any more, and the reconciler comes back whenever something is due.
        for (let round = 0; round < 40 && life.gateway.journal.open > stuck(life); round += 1) {
          life.now += 3_700n * SECOND;
          await life.reconcile([]);
        }
        checkSums(life);
        for (const order of life.orders())
          checkEnd(order, life.fates.get(order.number) ?? new Fate());
      }),
      { numRuns: 150 },
    );
  });
});

/** True for an order whose ledger does not show its blocks. */
function undecided(order: Order): boolean {
  return stateOf(order) === 'Stuck' && order.notBefore === FOREVER;
}

function stuck(life: Life): number {
  return life.orders().filter(undecided).length;
}

/** What is kept beside the orders must be what one would count from them. */
function checkSums(life: Life): void {
  const { journal, users, audit } = life.gateway;
  const orders = life.orders();
  const { counts, open, books } = journal.overview;
  expect([...counts].slice(0, STATES.length)).toEqual(
    STATES.map((state) => orders.filter((order) => stateOf(order) === state).length),
  );

  const openNumbers = [...open].filter((_, at) => at % 2 === 0);
  expect(openNumbers).toEqual(
    orders.filter((order) => !isFinal(order)).map(({ number }) => number),
  );

  const book = emptyBook(draft().ledger);
  for (const order of orders) {
    const column = columnOf(order);
    if (column !== null) book[column] += order.price;
  }
  expect(books[0] ?? emptyBook(draft().ledger)).toEqual(book);

  for (const n of [1, 2, 3]) {
    const own = orders.filter(({ caller }) => binary(caller) === binary(user(n)));
    expect(users.get(user(n))).toMatchObject({
      orders: own.length,
      open: own.filter((order) => !isFinal(order)).length,
      deployed: own.filter((order) => stateOf(order) === 'Deployed').length,
      latest: own.at(-1)?.number ?? null,
    });
  }
  expect(audit.size).toBeLessThan(HIGH_WATER);
}

/** Contract or money, never both, never neither; what is stuck is in doubt for a reason. */
function checkEnd(order: Order, fate: Fate): void {
  const state = stateOf(order);
  if (undecided(order)) {
    expect((order.refund ?? order.charge)!.unknown).toBeGreaterThan(0);
    return;
  }
  expect(isFinal(order)).toBe(true);
  expect(fate.charges).toBe(order.price > 0n && state !== 'Refused' ? 1 : 0);
  expect(fate.refunds).toBe(state === 'Refunded' ? 1 : 0);
  expect(fate.contracts).toBe(state === 'Deployed' ? 1 : 0);
}
