import { createIdentity } from '@hadronous/pic';
import { describe, expect, it } from 'vitest';
import { settle } from '../books.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { accepted } from '../results.ts';
import { contractAs, type Stage } from './stage.ts';

/** What every contract does for its owner, and tells its factory. */
export function describeContract(stage: () => Stage): void {
  describe('contract', () => {
    it('is hidden and shown by its owner, and its factory knows', async () => {
      const { system, first } = stage();
      const contract = contractAs(stage(), first.contract, first.user);
      accepted(await contract.setVisibility(false));
      await settle(system);
      expect(await isPublic()).toBe(false);
      accepted(await contract.setVisibility(true));
      await settle(system);
      expect(await isPublic()).toBe(true);
    });

    it('upgrades by itself only if its owner said so', async () => {
      const { first } = stage();
      const contract = contractAs(stage(), first.contract, first.user);
      expect(await contract.autoUpdate()).toBe(false);
      accepted(await contract.setAutoUpdate(true));
      expect(await contract.autoUpdate()).toBe(true);
      accepted(await contract.setAutoUpdate(false));
    });

    it('keeps what its factory could not hear, and tells it later', async () => {
      const { system, first, factory } = stage();
      const sender = ADMINISTRATOR.getPrincipal();
      const contract = contractAs(stage(), first.contract, first.user);
      await settle(system);
      await system.pic.stopCanister({ canisterId: factory.id, sender });
      accepted(await contract.setVisibility(false));
      accepted(await contract.setVisibility(true));
      accepted(await contract.setVisibility(false));
      await settle(system);
      expect(await contract.contractHealth()).toMatchObject({ eventsWaiting: 3 });
      await system.pic.startCanister({ canisterId: factory.id, sender });
      await settle(system, 60);
      expect(await contract.contractHealth()).toMatchObject({ eventsWaiting: 0, eventsDropped: 0 });
      expect(await isPublic()).toBe(false);
      accepted(await contract.setVisibility(true));
      await settle(system);
      expect(await isPublic()).toBe(true);
    });

    it('says nothing about itself that its factory says otherwise', async () => {
      const { first, factory } = stage();
      const contract = contractAs(stage(), first.contract, first.user);
      const { version, status, isPublic: shown } = await contract.contractHealth();
      const info = accepted(await factory.actor.getContractInfo(first.contract));
      expect(info).toMatchObject({ version, status, isPublic: shown, managed: true });
    });
  });

  async function isPublic(): Promise<boolean> {
    const { factory, first } = stage();
    const asStranger = createIdentity('a reader').getPrincipal();
    factory.actor.setPrincipal(asStranger);
    const info = accepted(await factory.actor.getContractInfo(first.contract));
    const { contracts } = await factory.actor.getPublicContracts([]);
    factory.actor.setIdentity(ADMINISTRATOR);
    const listed = contracts.some(({ id }) => id.toText() === first.contract.toText());
    expect(listed).toBe(info.isPublic);
    return listed;
  }
}
