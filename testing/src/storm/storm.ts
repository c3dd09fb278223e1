import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { GatewayService } from '@fabrica/gateway';
import { addFault, clearFaults, instanceIdOf } from '@fabrica/localnet';

import { BALANCED, readBooks, untilQuiet } from '../books.ts';
import { orderOf, requestIdOf, tokenOrder } from '../orders.ts';
import { accepted } from '../results.ts';
import type { System } from '../token-system.ts';
import { newUser, type User } from '../users.ts';
import { audit, type Customer, type Tally } from './accounts.ts';
import { Random } from './random.ts';
import { randomFault } from './random-fault.ts';

/** How heavy a storm is. */
export interface Weather {
  /** Users who order, all at once. */
  readonly users: number;
  /** Faults, each of one to three calls. */
  readonly faults: number;
  /** The same seed gives the same storm. */
  readonly seed: number;
}

/** What a contract costs its factory, with room to spare. */
const CYCLES_PER_CONTRACT = 4_000_000_000_000;
/** Of so many users one has approved too little. */
const SHORT = 10;

/**
 * Has many users order at once while calls of the ledger, the factory, the storages and the platform go wrong, and
 * waits until the last order has ended.
 *
 * @returns how the orders ended.
 * @throws Error that says what does not agree: a user's money or contracts, an order that did not end, or books that
 *   do not come to zero.
 */
export async function storm(
  system: System,
  url: string,
  { users, faults, seed }: Weather,
): Promise<Tally> {
  const random = new Random(seed);
  const instance = instanceIdOf(system.pic);
  await system.pic.addCycles(system.ids.tokenFactory, users * CYCLES_PER_CONTRACT);
  const { approve } = accepted(await system.gateway.quote('token', []));
  const customers: Customer[] = [];
  for (let n = 0; n < users; n += 1) {
    const approved = n % SHORT === 0 ? approve - 1n : approve;
    // Enough to be charged twice, so that only the gateway prevents it.
    const user = await newUser(system, `storm ${seed} ${n}`, { funds: 2n * approve, approved });
    customers.push({ user, funds: 2n * approve });
  }
  for (let n = 0; n < faults; n += 1)
    await addFault(url, instance, randomFault(random, system.ids, users));

  for (const { user } of customers) await send(system, user, 'storm');
  await system.pic.tick(30);
  await untilQuiet(system);
  await clearFaults(url, instance);
  await untilQuiet(system);

  const { wrong, tally } = await audit(system, customers);
  const ends = ['Deployed', 'Refunded', 'Refused'];
  for (const state of Object.keys(tally)) {
    if (!ends.includes(state)) wrong.push(`${tally[state]} orders are ${state}`);
  }
  const books = await readBooks(system);
  for (const [column, expected] of Object.entries(BALANCED)) {
    const found = books[column as keyof typeof BALANCED];
    if (found !== expected) wrong.push(`The books say ${column}: ${found}, not ${expected}`);
  }
  if (wrong.length > 0) throw new Error(`Storm ${seed}: ${wrong.join('; ')}`);
  return tally;
}

/** Sends an order and does not wait for its answer, which is read back later. */
export async function send(system: System, user: User, word: string): Promise<void> {
  const idl = toIdlFactory(GatewayService);
  const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
    idl,
    system.ids.gateway,
  );
  gateway.setIdentity(user.identity);
  const order = orderOf(tokenOrder(user.principal), { requestId: requestIdOf(word) });
  await gateway.createContract(order);
}
