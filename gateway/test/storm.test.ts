import { audit, liveThrough, newUser, openSystem, storm, type System } from '@fabrica/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

/** Another seed is another history: `SEED=7 npx vitest run --project canister gateway/test/storm`. */
const SEED = Number(process.env['SEED'] ?? 1);
const USERS = 10;
const STEPS = 24;

let system: System;

// Faults are localnet's own. Both throw what does not agree; 200 users at once are in `npm run bench -- load`.
describe.skipIf(inject('replicaIsReal'))('the money adds up, and every order ends', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  it('after each step of a life of random orders, failures, upgrades and clock jumps', async () => {
    const tally = await liveThrough(system, inject('replicaUrl'), { steps: STEPS, seed: SEED });
    expect(open(tally)).toEqual([]);
  });

  it('when many order at once while calls of ledger, factory and storages fail', async () => {
    const weather = { users: USERS, faults: USERS, seed: SEED };
    const tally = await storm(system, inject('replicaUrl'), weather);
    expect(Object.values(tally).reduce((sum, count) => sum + count)).toBe(USERS);
    expect(tally['Deployed']).toBeGreaterThan(0);
    expect(tally['Refused']).toBeGreaterThanOrEqual(USERS / 10);
  });

  it('and an audit sees money that is missing', async () => {
    const user = await newUser(system, 'robbed', { funds: 5n });
    expect((await audit(system, [{ user, funds: 5n }])).wrong).toEqual([]);
    expect((await audit(system, [{ user, funds: 6n }])).wrong).toHaveLength(1);
  });
});

function open(tally: Record<string, number>): string[] {
  return Object.keys(tally).filter((state) => !['Deployed', 'Refunded', 'Refused'].includes(state));
}
