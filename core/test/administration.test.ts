import {
  configChange,
  accepted,
  actorFor,
  ADMINISTRATOR,
  refusalCode,
  tokenOrder,
  upgradeBuilt,
} from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTokenFactory, paymentOf, type LoneFactory } from './fixtures/factory.ts';

const DAY = 86_400_000;
const owner = createIdentity('owner').getPrincipal();
const someone = createIdentity('someone');
const principal = someone.getPrincipal();

let lone: LoneFactory;

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
});

afterAll(async () => {
  await lone.pic.tearDown();
});

function asSomeone() {
  const actor = actorFor(lone.pic, TokenFactory, lone.id);
  actor.setIdentity(someone);
  return actor;
}

async function until(milliseconds: number): Promise<[bigint]> {
  return [BigInt(Math.round((await lone.pic.getTime()) + milliseconds)) * 1_000_000n];
}

const NOTHING = configChange({});

describe('a guardian', () => {
  it('may pause, and nothing else', async () => {
    accepted(await lone.factory.grant({ principal, role: { Guardian: null }, expiresAt: [] }));
    const actor = asSomeone();
    accepted(await actor.pause('The ledger is silent'));
    expect(
      refusalCode(await lone.ordering.createContract(owner, tokenOrder(owner), paymentOf())),
    ).toBe('factory.paused');
    const refused = [
      await actor.unpause(),
      await actor.updateFactoryConfig(NOTHING),
      await actor.yankVersion('0.1.0', 'no'),
      await actor.revoke(ADMINISTRATOR.getPrincipal(), { Administrator: null }),
      await actor.grant({ principal, role: { Administrator: null }, expiresAt: [] }),
    ];
    expect(refused.map(refusalCode)).toEqual(refused.map(() => 'factory.not_an_administrator'));
    accepted(await lone.factory.unpause());
    accepted(await lone.ordering.createContract(owner, tokenOrder(owner), paymentOf()));
  });

  it('may no longer once revoked', async () => {
    accepted(await lone.factory.revoke(principal, { Guardian: null }));
    expect(refusalCode(await asSomeone().pause(''))).toBe('factory.not_an_administrator');
    expect(refusalCode(await lone.factory.revoke(principal, { Guardian: null }))).toBe(
      'factory.not_granted',
    );
  });
});

describe('a role with a scope', () => {
  it.each([
    ['Publisher', ['updateVersion']],
    ['Operator', ['updateFactoryConfig', 'pause', 'unpause']],
  ] as const)('of a %s covers %s', async (role, covered) => {
    accepted(
      await lone.factory.grant({ principal, role: { [role]: null } as never, expiresAt: [] }),
    );
    const actor = asSomeone();
    const nothingSaid = {
      stable: [],
      upgradableFrom: [],
      candidHash: [],
      compatibility: [],
      deprecated: [],
    } satisfies Parameters<typeof actor.updateVersion>[1];
    const answers = {
      updateVersion: await actor.updateVersion('0.1.0', nothingSaid),
      updateFactoryConfig: await actor.updateFactoryConfig(NOTHING),
      pause: await actor.pause('Trying'),
      unpause: await actor.unpause(),
      grant: await actor.grant({ principal, role: { Gateway: null }, expiresAt: [] }),
    };
    const open = Object.entries(answers).filter(([, answer]) => 'Ok' in answer);
    expect(open.map(([name]) => name)).toEqual(covered);
    accepted(await lone.factory.revoke(principal, { [role]: null } as never));
  });

  it('ends when it expires', async () => {
    const expiresAt = await until(DAY);
    accepted(await lone.factory.grant({ principal, role: { Operator: null }, expiresAt }));
    accepted(await asSomeone().updateFactoryConfig(NOTHING));
    await lone.pic.advanceTime(2 * DAY);
    await lone.pic.tick();
    expect(refusalCode(await asSomeone().updateFactoryConfig(NOTHING))).toBe(
      'factory.not_an_administrator',
    );
    const late = { principal, role: { Operator: null }, expiresAt };
    expect(refusalCode(await lone.factory.grant(late))).toBe('factory.already_expired');
  });
});

describe('the last administrator', () => {
  it('can neither be removed nor be made to expire', async () => {
    const last = ADMINISTRATOR.getPrincipal();
    expect(refusalCode(await lone.factory.revoke(last, { Administrator: null }))).toBe(
      'factory.last_administrator',
    );
    const ending = {
      principal: last,
      role: { Administrator: null },
      expiresAt: await until(DAY),
    };
    expect(refusalCode(await lone.factory.grant(ending))).toBe('factory.last_administrator');
    // Another one who expires is no help.
    accepted(await lone.factory.grant({ ...ending, principal }));
    expect(refusalCode(await lone.factory.revoke(last, { Administrator: null }))).toBe(
      'factory.last_administrator',
    );
  });
});

describe('the log of administration', () => {
  it('tells who changed what and when, newest first, and not what was refused', async () => {
    const before = await lone.factory.getAdministrationLog([], []);
    await asSomeone().setupWhitelist({ administrators: [], gateways: [] });
    accepted(await lone.factory.pause('To see'));
    accepted(await lone.factory.unpause());
    const { entries } = await lone.factory.getAdministrationLog([], [2]);
    expect(entries.map(({ method, detail }) => [method, detail])).toEqual([
      ['unpause', ''],
      ['pause', 'To see'],
    ]);
    expect(entries[1]).toMatchObject({ number: before.entries[0]!.number + 1, subject: [] });
    expect(entries[1]!.by.toText()).toBe(ADMINISTRATOR.getPrincipal().toText());
    expect(entries[0]!.at).toBeGreaterThanOrEqual(entries[1]!.at);
  });

  it('begins with the installation, goes on page by page, and outlives an upgrade', async () => {
    await upgradeBuilt(lone.pic, 'token_factory', lone.id, ADMINISTRATOR);
    const methods: string[] = [];
    let cursor: [] | [number] = [];
    do {
      const page = await lone.factory.getAdministrationLog(cursor, [3]);
      methods.push(...page.entries.map(({ method }) => method));
      cursor = page.next;
    } while (cursor.length > 0);
    expect(methods.slice(-2)).toEqual(['registerVersion', 'init']);
    const grants = await lone.factory.getGrants();
    expect(grants.some(({ role }) => 'Gateway' in role)).toBe(true);
  });
});
