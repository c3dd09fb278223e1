import { expect } from 'vitest';
import { BALANCED, readBooks, settle } from '../books.ts';
import { builtModule } from '../modules.ts';
import { canisterFacts } from '../platform.ts';
import { accepted } from '../results.ts';
import type { User } from '../users.ts';
import type { CrashPoint } from './crash.ts';
import { REQUEST, type Stage } from './stage.ts';
import { contractOf } from './any-contract.ts';

/** The platform's fee for creating a canister on a 13-node subnet, in cycles. */
const CREATION_FEE = 500_000_000_000n;
/** Seconds between looks at an order; more than the gateway's longest pause after the first failures. */
const PAUSE = 120;
const MAX_PAUSES = 10;

/** What the factory holds and has done, as it says itself. */
interface Tally {
  readonly contracts: number;
  readonly spares: number;
  readonly failed: number;
  readonly cycles: bigint;
}

/** Follows the factory's cycles, contracts and left-over canisters from one order to the next. */
export function accountFor(stage: () => Stage) {
  let before: Tally;
  let earned: bigint;

  const tally = async (): Promise<Tally> => {
    const health = await stage().factory.actor.getFactoryHealth();
    expect(health.underWay).toBe(0);
    return health;
  };

  return {
    /** Begins to count. */
    async open(): Promise<void> {
      before = await tally();
      ({ earned } = await readBooks(stage().system));
    },

    /** Waits until a user's order has ended, and checks what everybody has. */
    async settled(user: User, point: CrashPoint | null): Promise<void> {
      const { quote, system, subject } = stage();
      const state = await endOf(stage(), user);
      const deployed = state === 'Deployed';
      if (deployed) earned += quote.price;

      const balances: Record<string, bigint> = {
        Deployed: 0n,
        Refunded: quote.refundIfFailed,
        Refused: quote.approve,
      };
      expect(Object.keys(balances)).toContain(state);
      expect(await user.balance(), state).toBe(balances[state]);
      expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned });
      await expectContract(stage(), user, deployed);

      const after = await tally();
      expect(after.contracts - before.contracts).toBe(deployed ? 1 : 0);
      const each = CREATION_FEE + subject.definition.cycles.initial;
      const made = Number((before.cycles - after.cycles + each / 2n) / each);
      const kept = after.contracts + after.spares - before.contracts - before.spares;
      const lost = made - kept;
      // The id of a canister is in the answer that creates it: who never reads that cannot know it.
      const unheard = point?.method === 'create_canister' && point.manner !== 'fails';
      expect(lost, 'canisters lost').toBe(unheard ? 1 : 0);
      expect(after.failed - before.failed, 'failures counted').toBeGreaterThanOrEqual(lost);
      before = after;
    },
  };
}

/** How an order ended, after as long as that takes. */
async function endOf({ system }: Stage, user: User): Promise<string> {
  for (let pause = 0; pause < MAX_PAUSES; pause += 1) {
    const { state } = accepted(await user.gateway.getRequest(REQUEST, []));
    const [name] = Object.keys(state);
    if (name === 'Deployed' || name === 'Refunded' || name === 'Refused') return name;
    await settle(system, PAUSE);
  }
  throw new Error(`The order is open after ${(MAX_PAUSES * PAUSE) / 60} minutes`);
}

/** The user has the contract whole, or none. */
async function expectContract(stage: Stage, user: User, deployed: boolean): Promise<void> {
  const { factory, system } = stage;
  const { contracts } = await factory.actor.getMyContracts(user.principal, []);
  const made = contracts.filter(({ roles }) => roles.includes('creator'));
  expect(made).toHaveLength(deployed ? 1 : 0);
  const [row] = made;
  if (row === undefined) return;
  const { id } = row.contract;
  const request = accepted(await user.gateway.getRequest(REQUEST, []));
  expect(request.contract[0]?.toText()).toBe(id.toText());
  const facts = await canisterFacts(system.pic, id, user.principal);
  expect(facts.moduleHash).toEqual(builtModule(factory.plugin.contract).hash);
  const controllers = [factory.id, user.principal].map((controller) => controller.toText());
  expect(facts.controllers.map((controller) => controller.toText()).sort()).toEqual(
    controllers.sort(),
  );
  expect(await contractOf({ pic: system.pic, id, owner: user }).contractHealth()).toMatchObject({
    eventsWaiting: 0,
    eventsDropped: 0,
  });
}
