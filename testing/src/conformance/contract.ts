import { createIdentity } from '@hadronous/pic';
import { describe, expect, it } from 'vitest';
import { settle } from '../books.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { accepted } from '../results.ts';
import { contractOf } from './any-contract.ts';
import type { Subject } from './options.ts';
import type { Stage } from './stage.ts';

/** What every contract does for its owner, and tells its factory. */
export function describeContract(subject: Subject, stage: () => Stage): void {
  const { setVisibility, setAutoUpdate } = subject.settings;

  describe('contract', () => {
    it('is hidden and shown by its owner, and its factory knows', async () => {
      await show(false);
      expect(await isPublic()).toBe(false);
      await show(true);
      expect(await isPublic()).toBe(true);
    });

    it('upgrades by itself only if its owner said so', async () => {
      const { first } = stage();
      expect(await contractOf(first).autoUpdate()).toBe(false);
      await setAutoUpdate(first, true);
      expect(await contractOf(first).autoUpdate()).toBe(true);
      await setAutoUpdate(first, false);
    });

    it('keeps what its factory could not hear, and tells it later', async () => {
      const { system, first, factory } = stage();
      const canister = { canisterId: factory.id, sender: ADMINISTRATOR.getPrincipal() };
      await settle(system);
      await system.pic.stopCanister(canister);
      try {
        await setVisibility(first, false);
        await setVisibility(first, true);
        await setVisibility(first, false);
        await settle(system);
        expect(await contractOf(first).contractHealth()).toMatchObject({ eventsWaiting: 3 });
      } finally {
        await system.pic.startCanister(canister);
      }
      await settle(system, 60);
      const health = await contractOf(first).contractHealth();
      expect(health).toMatchObject({ eventsWaiting: 0, eventsDropped: 0 });
      expect(await isPublic()).toBe(false);
      await show(true);
      expect(await isPublic()).toBe(true);
    });

    it('says nothing about itself that its factory says otherwise', async () => {
      const { first, factory } = stage();
      const { version, status, isPublic: shown } = await contractOf(first).contractHealth();
      const info = accepted(await factory.actor.getContractInfo(first.id));
      expect(info).toMatchObject({ version, status, isPublic: shown, managed: true });
    });

    it.each(subject.roleChanges)('has its factory index who becomes $role', async (change) => {
      const { system, first, factory } = stage();
      const { role } = change;
      const user = createIdentity(`new ${role}`).getPrincipal();
      const held = async () => {
        await settle(system);
        const { contracts } = accepted(await factory.actor.getContractsByRole(role, user, []));
        return contracts.map(({ id }) => id.toText());
      };
      await change.add(first, user);
      expect(await held()).toEqual([first.id.toText()]);
      if (change.remove === undefined) return;
      await change.remove(first, user);
      expect(await held()).toEqual([]);
    });
  });

  async function show(isPublic: boolean): Promise<void> {
    await setVisibility(stage().first, isPublic);
    await settle(stage().system);
  }

  /** What a stranger is shown. */
  async function isPublic(): Promise<boolean> {
    const { factory, first } = stage();
    factory.actor.setPrincipal(createIdentity('a reader').getPrincipal());
    const info = accepted(await factory.actor.getContractInfo(first.id));
    const { contracts } = await factory.actor.getPublicContracts([]);
    factory.actor.setIdentity(ADMINISTRATOR);
    const listed = contracts.some(({ id }) => id.toText() === first.id.toText());
    expect(listed).toBe(info.isPublic);
    return listed;
  }
}
