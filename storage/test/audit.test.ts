import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  actorFor,
  initArgument,
  installBuilt,
  type ActorFor,
} from '../../testing/src/canisters.ts';
import { builtModule } from '../../testing/src/modules.ts';
import { accepted, refusalCode } from '../../testing/src/results.ts';
import { START, verifyChain } from '../src/client/index.ts';
import { AuditStorage } from '../src/index.ts';

const administrator = createIdentity('administrator');
const writer = createIdentity('writer');
const alice = createIdentity('alice');
const stranger = createIdentity('stranger');

let pic: PocketIc;
let id: Awaited<ReturnType<PocketIc['createCanister']>>;
let audit: ActorFor<typeof AuditStorage>;

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
});
afterAll(async () => {
  await pic.tearDown();
});
beforeEach(async () => {
  const sender = administrator.getPrincipal();
  id = await pic.createCanister({ sender });
  await installBuilt(pic, 'audit', id, argument(), sender);
  audit = actorFor(pic, AuditStorage, id);
  audit.setIdentity(writer);
});

describe('the audit storage canister', () => {
  test('records what a writer reports, once, and answers it to the user concerned', async () => {
    const batch = [event('payment.charged'), event('contract.deployed')];
    expect(accepted(await audit.logEvents(0n, batch))).toEqual({ appended: 2, next: 2n });
    expect(accepted(await audit.logEvents(0n, batch))).toEqual({ appended: 0, next: 2n });
    expect(accepted(await audit.logEvent(2n, event('contract.indexed')))).toMatchObject({
      next: 3n,
    });
    expect(refusalCode(await audit.logEvent(9n, event('late')))).toBe('storage.sequence_gap');
    expect(accepted(await audit.getNextSequence(writer.getPrincipal()))).toBe(3n);

    audit.setIdentity(alice);
    const page = accepted(await audit.getEntriesByUser(alice.getPrincipal(), [], 2));
    expect(page.entries.map(({ action }) => action)).toEqual([
      'contract.indexed',
      'contract.deployed',
    ]);
    const rest = accepted(await audit.getEntriesByUser(alice.getPrincipal(), page.next, 2));
    expect(rest.entries[0]).toMatchObject({ ...batch[0], id: 0n, writer: writer.getPrincipal() });
    expect(rest.next).toEqual([]);
  });

  test('every query finds its entries', async () => {
    await audit.logEvents(0n, [event('a.one'), event('a.two', { Critical: null })]);
    audit.setIdentity(administrator);
    const ids = (page: { entries: { id: bigint }[] }) => page.entries.map((entry) => entry.id);
    const contract = administrator.getPrincipal();
    const far = 2n ** 63n;
    expect(ids(accepted(await audit.getEntries(0n, 50)))).toEqual([0n, 1n]);
    expect(ids(accepted(await audit.getEntriesByAction('a.one', [], 50)))).toEqual([0n]);
    expect(ids(accepted(await audit.getEntriesByReference(REFERENCE, [], 50)))).toEqual([1n, 0n]);
    expect(ids(accepted(await audit.getEntriesByContract(contract, [], 50)))).toEqual([1n, 0n]);
    const severe = await audit.getEntriesBySeverity({ Critical: null }, [], 50);
    expect(ids(accepted(severe))).toEqual([1n]);
    expect(ids(accepted(await audit.getEntriesByTime(0n, far, [], 50)))).toEqual([0n, 1n]);
    expect(ids(accepted(await audit.getEntriesByTime(far, far, [], 50)))).toEqual([]);
  });

  test('what it answers as proof leads to its tip', async () => {
    await audit.logEvents(0n, [event('a.one'), event('a.two'), event('a.three')]);
    const { entries } = accepted(await audit.verifyData(0n, 3n));
    const tip = await audit.getTip();
    const bytes = entries.map((entry) => Uint8Array.from(entry));
    const hash = Uint8Array.from(tip.hash);
    expect(verifyChain('audit', bytes, START)).toEqual({ ok: true, length: 3, hash });
    expect(tip.length).toBe(3n);
  });

  test('refuses strangers and the anonymous everything but tip and health', async () => {
    await audit.logEvent(0n, event('a.one'));
    audit.setIdentity(stranger);
    const none = { administrators: [stranger.getPrincipal()], writers: [] };
    expect(refusalCode(await audit.logEvent(0n, event('fake')))).toBe('storage.not_writer');
    expect(refusalCode(await audit.setupWhitelist(none))).toBe('storage.not_administrator');
    expect(refusalCode(await audit.getEntries(0n, 1))).toBe('storage.not_reader');
    const other = await audit.getEntriesByUser(alice.getPrincipal(), [], 1);
    expect(refusalCode(other)).toBe('storage.not_reader');
    expect(refusalCode(await audit.verifyData(0n, 1n))).toBe('storage.not_reader');

    const anyone = actorFor(pic, AuditStorage, id);
    expect(refusalCode(await anyone.getEntries(0n, 1))).toBe('core.anonymous_caller');
    expect((await anyone.getTip()).length).toBe(1n);
    expect((await anyone.getStorageHealth()).entries).toBe(1n);
  });

  test('its controller has no right to write, to read or to list', async () => {
    const controller = createIdentity('controller');
    const sender = administrator.getPrincipal();
    const controllers = [sender, controller.getPrincipal()];
    await pic.updateCanisterSettings({ canisterId: id, controllers, sender });
    audit.setIdentity(controller);
    const own = { administrators: [controller.getPrincipal()], writers: [] };
    expect(refusalCode(await audit.logEvent(0n, event('fake')))).toBe('storage.not_writer');
    expect(refusalCode(await audit.setupWhitelist(own))).toBe('storage.not_administrator');
    expect(refusalCode(await audit.getEntries(0n, 1))).toBe('storage.not_reader');
  });

  test('an upgrade keeps the log, its sequence numbers and its whitelist', async () => {
    await audit.logEvents(0n, [event('a.one'), event('a.two')]);
    const before = await audit.getTip();
    const sender = administrator.getPrincipal();
    const wasm = builtModule('audit').wasm.slice().buffer;
    await pic.upgradeCanister({ canisterId: id, wasm, arg: argument(), sender });
    const after = await audit.getTip();
    expect([after.length, after.hash]).toEqual([before.length, before.hash]);
    expect(accepted(await audit.logEvent(2n, event('a.three')))).toEqual({ appended: 1, next: 3n });
    const history = accepted(await audit.getWhitelistHistory(0, 10));
    expect(history).toHaveLength(1);
  });
});

const REFERENCE = new Uint8Array(32).fill(7);

function argument(): ArrayBufferLike {
  return initArgument(
    AuditStorage,
    {
      administrators: [administrator.getPrincipal().toUint8Array()],
      writers: [writer.getPrincipal().toUint8Array()],
    },
    null,
  );
}

type Event = Parameters<ActorFor<typeof AuditStorage>['logEvent']>[1];

function event(action: string, severity: Event['severity'] = { Info: null }): Event {
  return {
    time: 1_700_000_000_000_000_000n,
    actor: alice.getPrincipal(),
    action,
    severity,
    subject: [alice.getPrincipal()],
    reference: REFERENCE,
    contract: [administrator.getPrincipal()],
    factory: 'token',
    detail: 'a remark',
  };
}
