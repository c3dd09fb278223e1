import { Principal } from '@dfinity/principal';
import { accepted, actorFor, canisterFacts, refusalCode, type ActorFor } from '@fabrica/testing';
import { TokenContract, TokenFactory } from '@fabrica/token';
import type { Identity } from '@dfinity/agent';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { makeToken, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';

const owner = createIdentity('owner');
const heir = createIdentity('heir');
const stranger = createIdentity('stranger');

let lone: LoneFactory;
let contract: Principal;
let as: (identity: Identity) => ActorFor<typeof TokenFactory>;

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
  as = (identity) => {
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    actor.setIdentity(identity);
    return actor;
  };
});

afterAll(async () => {
  await lone.pic.tearDown();
});

beforeEach(async () => {
  contract = (await makeToken(lone, owner.getPrincipal())).id;
});

async function controllers(sender: Identity): Promise<string[]> {
  const facts = await canisterFacts(lone.pic, contract, sender.getPrincipal());
  return facts.controllers.map((id) => id.toText()).sort();
}

const texts = (...ids: (Principal | Identity)[]) =>
  ids.map((id) => ('toText' in id ? id : id.getPrincipal()).toText()).sort();

async function listed(user: Identity): Promise<boolean> {
  const { contracts } = await lone.factory.getMyContracts(user.getPrincipal(), []);
  const row = contracts.find(({ contract: { id } }) => id.toText() === contract.toText());
  return row?.roles.includes('creator') ?? false;
}

describe('a transfer of ownership', () => {
  it('takes an offer and its acceptance', async () => {
    accepted(await as(owner).offerOwnership(contract, [heir.getPrincipal()]));
    expect(await controllers(owner)).toEqual(texts(lone.id, owner));
    const offer = accepted(await lone.factory.getOwnershipOffer(contract));
    expect(offer.to[0]?.toText()).toBe(heir.getPrincipal().toText());

    accepted(await as(heir).acceptOwnership(contract));
    expect(await controllers(heir)).toEqual(texts(lone.id, heir));
    const info = accepted(await lone.factory.getContractInfo(contract));
    expect(info.owner.toText()).toBe(heir.getPrincipal().toText());
    expect([await listed(owner), await listed(heir)]).toEqual([false, true]);
    expect(accepted(await lone.factory.getOwnershipOffer(contract)).to).toEqual([]);
    expect(refusalCode(await as(owner).offerOwnership(contract, []))).toBe('factory.not_the_owner');
  });

  it('becomes known to the contract when it is told to ask', async () => {
    accepted(await as(owner).offerOwnership(contract, [heir.getPrincipal()]));
    accepted(await as(heir).acceptOwnership(contract));
    const token = actorFor(lone.pic, TokenContract, contract);
    token.setIdentity(heir);
    expect(refusalCode(await token.setAutoUpdate(true))).toBe('contract.not_the_owner');
    accepted(await token.refreshOwner());
    accepted(await token.setAutoUpdate(true));
    // The contract tells its factory, which keeps it with the owner's choices.
    await lone.pic.advanceTime(10_000);
    await lone.pic.tick(5);
    const { choice } = accepted(await lone.factory.getUpgrade(contract));
    expect(choice.autoUpgrade).toBe(true);
  });

  it('is refused to everybody else, and to nobody', async () => {
    const to = heir.getPrincipal();
    expect(refusalCode(await as(stranger).offerOwnership(contract, [to]))).toBe(
      'factory.not_the_owner',
    );
    expect(refusalCode(await as(heir).acceptOwnership(contract))).toBe('factory.not_offered');
    for (const nobody of [Principal.anonymous(), Principal.managementCanister(), lone.id]) {
      expect(refusalCode(await as(owner).offerOwnership(contract, [nobody]))).toBe(
        'factory.cannot_own',
      );
    }
    accepted(await as(owner).offerOwnership(contract, [to]));
    expect(refusalCode(await as(stranger).acceptOwnership(contract))).toBe('factory.not_offered');
    accepted(await as(owner).offerOwnership(contract, []));
    expect(refusalCode(await as(heir).acceptOwnership(contract))).toBe('factory.not_offered');
  });
});

describe('a release from the factory', () => {
  it('leaves the contract to its owner, listed as unmanaged', async () => {
    accepted(await as(owner).releaseFromFactory(contract));
    expect(await controllers(owner)).toEqual(texts(owner));
    expect(accepted(await lone.factory.getContractInfo(contract)).managed).toBe(false);
    expect(await listed(owner)).toBe(true);
    expect(refusalCode(await as(owner).releaseFromFactory(contract))).toBe('factory.unmanaged');
    expect(refusalCode(await as(owner).offerOwnership(contract, [heir.getPrincipal()]))).toBe(
      'factory.unmanaged',
    );
  });

  it('can be undone by the owner, who makes the factory a controller again', async () => {
    accepted(await as(owner).releaseFromFactory(contract));
    expect(refusalCode(await as(owner).returnToFactory(contract))).toBe('factory.not_a_controller');
    const sender = owner.getPrincipal();
    await lone.pic.updateCanisterSettings({
      canisterId: contract,
      controllers: [sender, lone.id],
      sender,
    });
    expect(refusalCode(await as(stranger).returnToFactory(contract))).toBe('factory.not_the_owner');
    accepted(await as(owner).returnToFactory(contract));
    expect(accepted(await lone.factory.getContractInfo(contract))).toMatchObject({
      managed: true,
      version: '0.1.0',
    });
  });

  it('keeps the controllers that the owner added', async () => {
    const sender = owner.getPrincipal();
    const backup = stranger.getPrincipal();
    await lone.pic.updateCanisterSettings({
      canisterId: contract,
      controllers: [sender, lone.id, backup],
      sender,
    });
    accepted(await as(owner).releaseFromFactory(contract));
    expect(await controllers(owner)).toEqual(texts(owner, stranger));
  });
});
