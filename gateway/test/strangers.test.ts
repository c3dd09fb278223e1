import { Principal } from '@dfinity/principal';
import {
  accepted,
  actorFor,
  ADMINISTRATOR,
  BALANCED,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  requestIdOf,
  tokenOrder,
  type ActorFor,
  type RefusalValue,
  type System,
  type User,
} from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

type Gateway = ActorFor<typeof GatewayService>;

const REQUEST = requestIdOf('private');
const stranger = createIdentity('stranger').getPrincipal();

let system: System;
let user: User;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  const { approve } = accepted(await system.gateway.quote('token', []));
  user = await newUser(system, 'user', { funds: approve, approved: approve });
  const order = orderOf(tokenOrder(user.principal), { requestId: REQUEST });
  accepted(await user.gateway.createContract(order));
});

afterAll(async () => {
  await system.pic.tearDown();
});

describe("the gateway's administration", () => {
  it.each([
    ['a stranger', () => stranger, 'gateway.not_administrator'],
    ['a user who ordered', () => user.principal, 'gateway.not_administrator'],
    ['the factory', () => system.ids.tokenFactory, 'gateway.not_administrator'],
  ])('is refused to %s', async (_, caller, code) => {
    const before = await settings();
    const answers = await Promise.all(administer(actorOf(caller()), caller(), before.ids));
    expect(answers.map(refusalCode)).toEqual(answers.map(() => code));
    expect(await settings()).toEqual(before);
  });

  it('is refused to an anonymous user before anything is executed', async () => {
    const before = await settings();
    const anonymous = Principal.anonymous();
    const answers = administer(actorOf(anonymous), anonymous, before.ids);
    for (const { status } of await Promise.allSettled(answers)) expect(status).toBe('rejected');
    expect(await settings()).toEqual(before);
  });

  it('cannot be left to nobody, or to the anonymous principal', async () => {
    for (const administrators of [[], [Principal.anonymous()]]) {
      expect(refusalCode(await system.gateway.setAdministrators(administrators))).toBe(
        'gateway.last_administrator',
      );
    }
  });

  it('can be handed on', async () => {
    const heir = createIdentity('heir').getPrincipal();
    accepted(await system.gateway.setAdministrators([heir]));
    expect(refusalCode(await system.gateway.setFactoryEnabled('token', false))).toBe(
      'gateway.not_administrator',
    );
    accepted(await actorOf(heir).setAdministrators([ADMINISTRATOR.getPrincipal()]));
    accepted(await system.gateway.setFactoryEnabled('token', true));
  });
});

describe("a user's request", () => {
  it('is unknown to others, who cannot tell whether there is one', async () => {
    const asStranger = actorOf(stranger);
    expect(refusalCode(await asStranger.getRequest(REQUEST, []))).toBe('gateway.unknown_request');
    const named = await asStranger.getRequest(REQUEST, [user.principal]);
    const unnamed = await asStranger.getRequest(requestIdOf('no such'), [user.principal]);
    expect(refusalCode(named)).toBe('gateway.not_administrator');
    expect(unnamed).toEqual(named);
    expect(accepted(await asStranger.getMyRequests([], 10)).requests).toEqual([]);
    expect(await asStranger.getCurrentUserProfile()).toMatchObject({ orders: 0 });
  });

  it('is not reached through the cursor of another user', async () => {
    const { number } = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(refusalCode(await actorOf(stranger).getMyRequests([number], 10))).toBe(
      'gateway.unknown_request',
    );
  });

  it('is known to its owner and to an administrator', async () => {
    const own = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(accepted(await system.gateway.getRequest(REQUEST, [user.principal]))).toEqual(own);
  });
});

describe('a page', () => {
  it.each([0, 51, 4_000_000_000])('of %d rows is refused', async (limit) => {
    const answers: ({ Ok: unknown } | { Err: RefusalValue })[] = [
      await user.gateway.getMyRequests([], limit),
      await system.gateway.getOpenRequests(limit),
      await system.gateway.getConfigHistory(0, limit),
    ];
    expect(answers.map(refusalCode)).toEqual(answers.map(() => 'gateway.page_too_large'));
  });
});

describe('the books', () => {
  it('are open to everybody', async () => {
    const anonymous = actorOf(Principal.anonymous());
    const [book] = await anonymous.getSolvency();
    expect(book!.earned).toBeGreaterThan(0n);
    expect(accepted(await actorOf(stranger).checkSolvency([]))).toMatchObject({ solvent: true });
    expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: book!.earned });
  });
});

function actorOf(caller: Principal): Gateway {
  const gateway = actorFor(system.pic, GatewayService, system.ids.gateway);
  gateway.setPrincipal(caller);
  return gateway;
}

/** Everything only an administrator may do, each to the caller's own advantage. */
function administer(
  gateway: Gateway,
  caller: Principal,
  ids: Awaited<ReturnType<Gateway['getCanisterIds']>>,
): Promise<{ Ok: unknown } | { Err: RefusalValue }>[] {
  return [
    gateway.registerFactory('mine', caller),
    gateway.registerLedger('mine', caller),
    gateway.setFactoryEnabled('token', false),
    gateway.setConfigValue('token.free', { Bool: true }),
    gateway.setCanisterIds({ ...ids, ledger: caller }),
    gateway.setAdministrators([caller]),
    gateway.setUserSuspended(user.principal, true),
    gateway.resolveRequest(0, { Abandoned: null }),
    gateway.proposeWithdrawal(ids.ledger, 1n),
    gateway.confirmWithdrawal(0),
    gateway.cancelWithdrawal(0),
    gateway.resolveWithdrawal(0, []),
  ];
}

async function settings() {
  const { gateway } = system;
  return {
    factories: await gateway.getFactories(),
    config: await gateway.getConfigValues(),
    ids: await gateway.getCanisterIds(),
    administrators: await gateway.getAdministrators(),
    history: await gateway.getConfigHistory(0, 50),
  };
}
