import { Principal } from '@dfinity/principal';
import {
  accepted,
  actorFor,
  configChange,
  ADMINISTRATOR,
  installRelay,
  refusalCode,
  tokenOrder,
} from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { makeToken, openTokenFactory, paymentOf, type LoneFactory } from './fixtures/factory.ts';

const stranger = createIdentity('stranger');
const owner = createIdentity('owner').getPrincipal();
const order = tokenOrder(owner);

let lone: LoneFactory;

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
});

afterAll(async () => {
  await lone.pic.tearDown();
});

describe('ordering at a factory', () => {
  it('is refused to a canister that is not a gateway', async () => {
    const other = (await installRelay(lone.pic)).to(TokenFactory, lone.id);
    expect(refusalCode(await other.createContract(owner, order, paymentOf()))).toBe(
      'factory.not_a_gateway',
    );
    expect(refusalCode(await other.cancelDeployment(Uint8Array.of(1)))).toBe(
      'factory.not_a_gateway',
    );
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts: 0, underWay: 0 });
  });

  it.each([
    ['a stranger', stranger.getPrincipal()],
    ['an anonymous user', Principal.anonymous()],
    ['the administrator', ADMINISTRATOR.getPrincipal()],
  ])('is not even looked at from %s', async (_, caller) => {
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    actor.setPrincipal(caller);
    await expect(actor.createContract(owner, order, paymentOf())).rejects.toThrow();
    await expect(actor.cancelDeployment(Uint8Array.of(1))).rejects.toThrow();
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts: 0, underWay: 0 });
  });

  it('is open to a gateway from its listing to its removal', async () => {
    const added = await installRelay(lone.pic);
    const ordering = added.to(TokenFactory, lone.id);
    const { administrators, gateways } = await lone.factory.getWhitelist();
    accepted(
      await lone.factory.setupWhitelist({ administrators, gateways: [...gateways, added.id] }),
    );
    accepted(await ordering.createContract(owner, order, paymentOf()));
    accepted(await lone.factory.setupWhitelist({ administrators, gateways }));
    expect(refusalCode(await ordering.createContract(owner, order, paymentOf()))).toBe(
      'factory.not_a_gateway',
    );
    await makeToken(lone, owner);
  });

  it('may be tried out by anyone, without effect', async () => {
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    const { contracts } = await lone.factory.getFactoryHealth();
    expect(accepted(await actor.validateOrder(owner, order))).toMatchObject({ version: '0.1.0' });
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts });
  });
});

describe('administration of a factory', () => {
  it.each([
    ['a stranger', stranger.getPrincipal()],
    ['an anonymous user', Principal.anonymous()],
    ['the owner of a contract', owner],
  ])('is refused to %s', async (_, caller) => {
    const before = await lone.factory.getWhitelist();
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    actor.setPrincipal(caller);
    const version = {
      version: '9.9.9',
      moduleHash: new Uint8Array(32),
      chunks: [new Uint8Array(32)],
      notes: '',
      stable: true,
    };
    const answers = [
      await actor.setupWhitelist({ administrators: [caller], gateways: [caller] }),
      await actor.updateFactoryConfig(configChange({ paused: true })),
      await actor.uploadModuleChunk(Uint8Array.of(1)),
      await actor.registerVersion(version),
    ];
    expect(answers.map(refusalCode)).toEqual(answers.map(() => 'factory.not_an_administrator'));
    expect(await lone.factory.getWhitelist()).toEqual(before);
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ paused: false });
  });

  it('cannot be left to nobody', async () => {
    const none = { administrators: [], gateways: [lone.gateway.id] };
    expect(refusalCode(await lone.factory.setupWhitelist(none))).toBe('factory.last_administrator');
  });

  it('can be handed on', async () => {
    const { gateways } = await lone.factory.getWhitelist();
    const heir = createIdentity('heir');
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    actor.setIdentity(heir);
    accepted(
      await lone.factory.setupWhitelist({ administrators: [heir.getPrincipal()], gateways }),
    );
    expect(refusalCode(await lone.factory.updateFactoryConfig(configChange({})))).toBe(
      'factory.not_an_administrator',
    );
    const administrators = [ADMINISTRATOR.getPrincipal()];
    accepted(await actor.setupWhitelist({ administrators, gateways }));
  });
});
