import { createIdentity } from '@hadronous/pic';
import { describe, expect, it } from 'vitest';
import { actorFor } from '../canisters.ts';
import { canisterFacts } from '../platform.ts';
import { AnyFactory } from '../plugins.ts';
import { accepted, refusalCode } from '../results.ts';
import { contractOf } from './any-contract.ts';
import { orderBy, payingUser, STRANGER, type Stage } from './stage.ts';

/** A contract changes hands in two steps, and may leave its factory: it always has a controller. */
export function describeOwnership(stage: () => Stage): void {
  const heir = createIdentity('heir');

  describe('ownership', () => {
    it('passes on when what was offered is accepted, and the platform knows', async () => {
      const { id, owner } = await order('who gives away');
      accepted(await as(owner.identity).offerOwnership(id, [heir.getPrincipal()]));
      expect(await controllers(id, owner.principal)).toEqual(texts(owner.principal));
      expect(refusalCode(await as(STRANGER).acceptOwnership(id))).toBe('factory.not_offered');
      accepted(await as(heir).acceptOwnership(id));
      expect(await controllers(id, heir.getPrincipal())).toEqual(texts(heir.getPrincipal()));
      const info = accepted(await stage().factory.actor.getContractInfo(id));
      expect(info.owner.toText()).toBe(heir.getPrincipal().toText());
      expect(await created(heir.getPrincipal())).toContain(id.toText());
      expect(await created(owner.principal)).not.toContain(id.toText());
      const again = await as(owner.identity).offerOwnership(id, [owner.principal]);
      expect(refusalCode(again)).toBe('factory.not_the_owner');
      const contract = contractOf({ pic: stage().system.pic, id, owner });
      contract.setIdentity(heir);
      accepted(await contract.refreshOwner());
      expect((await contract.contractHealth()).owner.toText()).toBe(heir.getPrincipal().toText());
    });

    it('is whole once the owner releases the contract, which stays listed as unmanaged', async () => {
      const { id, owner } = await order('who goes alone');
      accepted(await as(owner.identity).releaseFromFactory(id));
      const facts = await canisterFacts(stage().system.pic, id, owner.principal);
      expect(facts.controllers.map(String)).toEqual([owner.principal.toText()]);
      const info = accepted(await stage().factory.actor.getContractInfo(id));
      expect(info.managed).toBe(false);
      expect(await created(owner.principal)).toContain(id.toText());
      const upgrade = await as(owner.identity).requestUpgrade([id], []);
      expect(refusalCode(upgrade)).toBe('factory.unmanaged');
    });
  });

  async function order(name: string) {
    const owner = await payingUser(stage(), name);
    const receipt = accepted(await owner.gateway.createContract(orderBy(stage(), owner)));
    return { id: receipt.contract, owner };
  }

  function as(identity: typeof heir) {
    const { system, factory } = stage();
    const actor = actorFor(system.pic, AnyFactory, factory.id);
    actor.setIdentity(identity);
    return actor;
  }

  type Id = ReturnType<typeof heir.getPrincipal>;
  const texts = (owner: Id) => [stage().factory.id, owner].map((one) => one.toText()).sort();

  async function controllers(id: Id, sender: Id): Promise<string[]> {
    const facts = await canisterFacts(stage().system.pic, id, sender);
    return facts.controllers.map((one) => one.toText()).sort();
  }

  async function created(user: Id): Promise<string[]> {
    const { contracts } = await stage().factory.actor.getMyContracts(user, []);
    const own = contracts.filter(({ roles }) => roles.includes('creator'));
    return own.map(({ contract }) => contract.id.toText());
  }
}
