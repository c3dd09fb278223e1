import { describe, expect, it } from 'vitest';
import { settle } from '../books.ts';
import { accepted } from '../results.ts';
import { upgradeBuilt } from '../canisters.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { holdersOf } from './holders.ts';
import { orderBy, payingUser, type Stage } from './stage.ts';
import { contractOf } from './any-contract.ts';

/** A factory that is upgraded loses nothing, and goes on. */
export function describeFactoryUpgrade(stage: () => Stage): void {
  describe('factory upgrade', () => {
    it('keeps contracts, indexes, versions, rights and counters', async () => {
      const before = await everything();
      await upgrade();
      expect(await everything()).toEqual(before);
    });

    it('still takes what its contracts report, where they left off', async () => {
      const { system, first, factory, subject } = stage();
      const { callbacks } = await factory.actor.getFactoryHealth();
      await subject.settings.setVisibility(first, false);
      await subject.settings.setVisibility(first, true);
      await settle(system);
      expect((await factory.actor.getFactoryHealth()).callbacks).toBe(callbacks + 2n);
      expect(await contractOf(first).contractHealth()).toMatchObject({ eventsWaiting: 0 });
    });

    it('still makes contracts', async () => {
      const { factory } = stage();
      const { contracts } = await factory.actor.getFactoryHealth();
      const user = await payingUser(stage(), 'after the upgrade');
      accepted(await user.gateway.createContract(orderBy(stage(), user)));
      await settle(stage().system);
      expect(await factory.actor.getFactoryHealth()).toMatchObject({
        contracts: contracts + 1,
        underWay: 0,
      });
    });
  });

  async function upgrade(): Promise<void> {
    const { system, factory } = stage();
    await upgradeBuilt(system.pic, factory.plugin.canister, factory.id, ADMINISTRATOR);
  }

  /** All that the factory answers, but for what goes on by itself: cycles, and the check an upgrade begins. */
  async function everything() {
    const { factory, first } = stage();
    const { actor } = factory;
    const moving = { cycles: 0n, spendable: 0n, freezesIn: [], indexes: [], ages: [] };
    const health = { ...(await actor.getFactoryHealth()), ...moving };
    const roles = holdersOf(stage(), first.owner);
    return {
      health,
      mine: await actor.getMyContracts(first.owner.principal, []),
      shown: await actor.getPublicContracts([]),
      info: await actor.getContractInfo(first.id),
      roles: await Promise.all(
        roles.map(({ role, principal }) => actor.getContractsByRole(role, principal, [])),
      ),
      versions: await actor.getVersions([], []),
      whitelist: await actor.getWhitelist(),
    };
  }
}
