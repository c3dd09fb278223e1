import { configChange } from '../factory-config.ts';
import { describe, expect, it } from 'vitest';
import { BALANCED, readBooks } from '../books.ts';
import { accepted, refusalCode } from '../results.ts';
import { peopleOf, type Subject } from './options.ts';
import { orderBy, OTHER, payingUser, type Stage } from './stage.ts';

/** Orders that are refused before anybody is charged. */
export function describeRefusedOrders({ invalidOrder }: Subject, stage: () => Stage): void {
  describe('an order is refused, and nobody charged,', () => {
    it('if it does not decode', async () => {
      await expectRefusal('undecodable', Uint8Array.of(1, 2, 3), 'factory.order_undecodable');
    });

    it.runIf(invalidOrder !== null)('if it breaks the rules', async () => {
      const user = await payingUser(stage(), 'invalid');
      const order = invalidOrder!.encode(peopleOf(user.principal, OTHER));
      await expectRefusal('invalid', order, invalidOrder!.code);
    });

    it('while the factory is paused', async () => {
      const { actor } = stage().factory;
      accepted(await actor.updateFactoryConfig(configChange({ paused: true })));
      expect(await actor.getFactoryHealth()).toMatchObject({ healthy: false, paused: true });
      await expectRefusal('paused', undefined, 'factory.paused');
      accepted(await actor.updateFactoryConfig(configChange({ paused: false })));
    });

    it('if the factory would go below its reserve of cycles', async () => {
      const { actor } = stage().factory;
      const { reserve, cycles } = await actor.getFactoryHealth();
      accepted(await actor.updateFactoryConfig(configChange({ reserve: cycles })));
      expect((await actor.getFactoryHealth()).healthy).toBe(false);
      await expectRefusal('reserve', undefined, 'factory.reserve_low');
      accepted(await actor.updateFactoryConfig(configChange({ reserve: reserve })));
      expect((await actor.getFactoryHealth()).healthy).toBe(true);
    });
  });

  async function expectRefusal(name: string, args: Uint8Array | undefined, code: string) {
    const { system, quote, factory } = stage();
    const before = await factory.actor.getFactoryHealth();
    const user = await payingUser(stage(), `refused: ${name}`);
    const answer = await user.gateway.createContract(orderBy(stage(), user, args));
    expect(refusalCode(answer)).toBe(code);
    expect(await user.balance()).toBe(quote.approve);
    expect(await readBooks(system)).toMatchObject(BALANCED);
    const { contracts, underWay } = await factory.actor.getFactoryHealth();
    expect({ contracts, underWay }).toEqual({ contracts: before.contracts, underWay: 0 });
  }
}
