import { describe, expect, it } from 'vitest';
import { BALANCED, readBooks, settle } from '../books.ts';
import { builtModule } from '../modules.ts';
import { canisterFacts } from '../platform.ts';
import { accepted } from '../results.ts';
import { holdersOf } from './holders.ts';
import type { Subject } from './options.ts';
import type { Stage } from './stage.ts';
import { contractOf } from './any-contract.ts';

/** What an order brought about, once it was paid. */
export function describePaidOrder({ definition, plugin }: Subject, stage: () => Stage): void {
  describe('paid order', () => {
    it('costs the price and balances the books', async () => {
      const { system, first, quote } = stage();
      expect(await first.owner.balance()).toBe(0n);
      expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: quote.price });
    });

    it('runs the module that was registered, as the platform says', async () => {
      const { system, first, factory } = stage();
      const { hash } = builtModule(plugin.contract);
      const facts = await canisterFacts(system.pic, first.id, first.owner.principal);
      expect(facts.moduleHash).toEqual(hash);
      const info = accepted(await factory.actor.getContractInfo(first.id));
      expect(Uint8Array.from(info.moduleHash)).toEqual(hash);
      expect(info.version).toBe(definition.version);
    });

    it('is controlled by factory and owner, and by nobody else', async () => {
      const { system, first, factory } = stage();
      const facts = await canisterFacts(system.pic, first.id, first.owner.principal);
      const expected = [factory.id, first.owner.principal].map((id) => id.toText());
      expect(facts.controllers.map((id) => id.toText()).sort()).toEqual(expected.sort());
    });

    it('gives a contract that knows its factory and its owner, with the cycles it was promised', async () => {
      const { first, factory } = stage();
      await settle(stage().system);
      const contract = contractOf(first);
      const health = await contract.contractHealth();
      expect(health.factory.toText()).toBe(factory.id.toText());
      expect(health.owner.toText()).toBe(first.owner.principal.toText());
      expect(health).toMatchObject({ version: definition.version, eventsDropped: 0 });
      expect(health.cycles).toBeLessThanOrEqual(definition.cycles.initial);
      expect(health.cycles).toBeGreaterThan(definition.cycles.topUpBelow);
      expect(await contract.contractVersion()).toBe(definition.version);
    });

    it('has the contract report to its factory that it runs', async () => {
      const { first, factory } = stage();
      const contract = contractOf(first);
      expect(await contract.contractHealth()).toMatchObject({ eventsWaiting: 0 });
      const health = await factory.actor.getFactoryHealth();
      expect(health).toMatchObject({ contracts: 1, underWay: 0, failed: 0, spares: 0 });
      expect(health.callbacks).toBeGreaterThanOrEqual(1n);
    });

    it('is found by its creator and by every role it was born with', async () => {
      const { first, factory } = stage();
      const { contracts } = await factory.actor.getMyContracts(first.owner.principal, []);
      expect(contracts.map(({ contract }) => contract.id.toText())).toEqual([first.id.toText()]);
      expect(contracts[0]!.roles).toContain('creator');
      for (const { role, principal } of holdersOf(stage(), first.owner)) {
        const { contracts: held } = accepted(
          await factory.actor.getContractsByRole(role, principal, []),
        );
        expect(held.map(({ id }) => id.toText())).toContain(first.id.toText());
        const { contracts: mine } = await factory.actor.getMyContracts(principal, []);
        const row = mine.find(({ contract }) => contract.id.toText() === first.id.toText());
        expect(row?.roles).toContain(role);
      }
    });
  });
}
