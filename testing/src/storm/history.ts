import { addFault, clearFaults, instanceIdOf } from '@fabrica/localnet';

import { settle, untilQuiet } from '../books.ts';
import { upgradeBuilt } from '../canisters.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { requestIdOf } from '../orders.ts';
import { accepted } from '../results.ts';
import type { System } from '../token-system.ts';
import { newUser } from '../users.ts';
import { audit, type Customer, type Tally } from './accounts.ts';
import { Random } from './random.ts';
import { randomFault } from './random-fault.ts';
import { send } from './storm.ts';

const USERS = 2;
const HOUR = 3600;
/** Seconds that pass in a step: mostly some, sometimes so many that ledgers forget. */
const PAUSES = [1, 20, 70, 400, HOUR, 25 * HOUR];

type Step = (world: World) => Promise<void>;

interface World {
  readonly system: System;
  readonly url: string;
  readonly random: Random;
  readonly customers: readonly Customer[];
  /** Orders sent so far; some of them twice. */
  orders: number;
}

/** What may happen, and how often of the sum of all. */
const STEPS: readonly (readonly [weight: number, name: string, step: Step])[] = [
  [6, 'order', order],
  [4, 'pass', async ({ system, random }) => settle(system, random.pick(PAUSES))],
  [4, 'tick', async ({ system, random }) => system.pic.tick(1 + random.below(6))],
  [4, 'fault', fault],
  [1, 'heal', async ({ system, url }) => clearFaults(url, instanceIdOf(system.pic))],
  [
    2,
    'upgrade',
    async ({ system: { pic, ids } }) => upgradeBuilt(pic, 'gateway', ids.gateway, ADMINISTRATOR),
  ],
  [1, 'ask for a refund', askForRefund],
];

/**
 * Lives through random orders, repetitions, failures, upgrades of the gateway and jumps of the clock, and compares
 * after each step what everybody has with what the journal says.
 *
 * @returns how the orders ended, once nothing fails any more.
 * @throws Error that names the steps so far and what does not agree.
 */
export async function liveThrough(
  system: System,
  url: string,
  { steps, seed }: { readonly steps: number; readonly seed: number },
): Promise<Tally> {
  const random = new Random(seed);
  const { approve } = accepted(await system.gateway.quote('token', []));
  const funds = approve * BigInt(steps);
  const customers: Customer[] = [];
  for (let n = 0; n < USERS; n += 1) {
    const user = await newUser(system, `life ${seed} ${n}`, { funds, approved: funds });
    customers.push({ user, funds });
  }
  const world: World = { system, url, random, customers, orders: 0 };
  const past: string[] = [];
  const check = async (): Promise<Tally> => {
    const { wrong, tally } = await audit(system, customers);
    if (wrong.length > 0)
      throw new Error(`Life ${seed}, after ${past.join(', ')}: ${wrong.join('; ')}`);
    return tally;
  };
  for (let n = 0; n < steps; n += 1) {
    const [name, step] = pickStep(random);
    past.push(name);
    await step(world);
    await check();
  }
  await clearFaults(url, instanceIdOf(system.pic));
  // Longer than a look-up waits, so that what ledgers forgot is cleared up too.
  await settle(system, 25 * HOUR);
  await untilQuiet(system);
  return check();
}

function pickStep(random: Random): [string, Step] {
  let left = random.below(STEPS.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, name, step] of STEPS) {
    if (left < weight) return [name, step];
    left -= weight;
  }
  throw new Error('The weights do not add up');
}

/** A new order, or one that was sent before, of a user who may have four more under way. */
async function order(world: World): Promise<void> {
  const { system, random, customers } = world;
  const number = random.below(5) === 0 ? random.below(world.orders + 1) : world.orders;
  if (number === world.orders) world.orders += 1;
  const { user } = customers[number % customers.length]!;
  await send(system, user, `order ${number}`);
  await system.pic.tick(1 + random.below(12));
}

async function fault({ system, url, random }: World): Promise<void> {
  await addFault(url, instanceIdOf(system.pic), randomFault(random, system.ids, 3));
}

async function askForRefund({ random, customers, orders }: World): Promise<void> {
  const number = random.below(orders + 1);
  const { user } = customers[number % customers.length]!;
  // A refusal, a rejection after a trap, or a state: what counts is what everybody has afterwards.
  const asked = user.gateway.requestRefund(requestIdOf(`order ${number}`), 'it is late');
  await asked.catch((error: unknown) => {
    if (!/trap/i.test(String(error))) throw error;
  });
}
