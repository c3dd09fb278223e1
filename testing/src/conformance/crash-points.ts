import { beforeAll, describe, expect, inject, it } from 'vitest';
import { accepted } from '../results.ts';
import { accountFor } from './accounting.ts';
import { CALLS, crash, REMEDIES, type CrashPoint } from './crash.ts';
import { MANNERS } from './manners.ts';
import type { Subject } from './options.ts';
import { orderBy, payingUser, type Stage } from './stage.ts';

/** Every call of a deployment and of its undoing, gone wrong in every manner. */
const POINTS: readonly CrashPoint[] = [...CALLS, ...REMEDIES].flatMap((call) =>
  MANNERS.map((manner) => ({ ...call, manner })),
);

/**
 * A deployment may be cut short anywhere: afterwards the user has the contract or the money, never both and
 * never neither; the books balance; and every canister that was paid for is a contract, kept for the next
 * order, or counted.
 */
export function describeCrashPoints({ definition }: Subject, stage: () => Stage): void {
  // Calls between canisters can be made to fail on localnet only.
  describe.skipIf(inject('replicaIsReal'))('crash points', () => {
    const account = accountFor(stage);

    beforeAll(() => account.open());

    it.each(POINTS)('$method: $manner', async (point) => {
      const user = await payingUser(stage(), `${point.method} ${point.manner}`);
      const fault = await crash(stage(), point, user);
      expect(fault.hits, 'the call that was to go wrong was never made').toBe(1);
      await account.settled(user, point);
    });

    it('and then orders go through, into the canisters that were left over', async () => {
      const { actor } = stage().factory;
      const { spares } = await actor.getFactoryHealth();
      const user = await payingUser(stage(), 'after all that');
      accepted(await user.gateway.createContract(orderBy(stage(), user)));
      await account.settled(user, null);
      expect((await actor.getFactoryHealth()).spares).toBe(Math.max(0, spares - 1));
    });

    it('the factory has made no contract that it does not list', async () => {
      const { actor } = stage().factory;
      const { contracts } = await actor.getPublicContracts([{ cursor: [], limit: [100] }]);
      expect(contracts).toHaveLength((await actor.getFactoryHealth()).contracts);
      expect(new Set(contracts.map(({ id }) => id.toText())).size).toBe(contracts.length);
      for (const { version } of contracts) expect(version).toBe(definition.version);
    });
  });
}
