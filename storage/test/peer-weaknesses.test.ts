import type { Principal } from '@dfinity/principal';
import {
  accepted,
  actorFor,
  initArgument,
  installBuilt,
  refusalCode,
  type ActorFor,
} from '@fabrica/testing';
import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AuditStorage, InvoiceStorage } from '../src/index.ts';
import { administrator, alice, bob, eventOf, writer } from './fixtures/archived-log.ts';

/*
 * Weaknesses of the peer's storage canisters, by the numbers of its review: what it lets happen must not
 * happen here.
 */

const controller = createIdentity('controller');

let pic: PocketIc;
let auditId: Principal;
let audit: ActorFor<typeof AuditStorage>;
let invoice: ActorFor<typeof InvoiceStorage>;

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
  const sender = controller.getPrincipal();
  const whitelist = {
    administrators: [administrator.getPrincipal().toUint8Array()],
    writers: [writer.getPrincipal().toUint8Array()],
  };
  const argument = initArgument(AuditStorage, whitelist, null);
  auditId = await pic.createCanister({ sender });
  const invoiceId = await pic.createCanister({ sender });
  await installBuilt(pic, 'audit', auditId, argument, sender);
  await installBuilt(pic, 'invoice', invoiceId, argument, sender);
  audit = actorFor(pic, AuditStorage, auditId);
  invoice = actorFor(pic, InvoiceStorage, invoiceId);
  audit.setIdentity(writer);
  accepted(
    await audit.logEvents(
      0n,
      Array.from({ length: 30 }, (_, at) => eventOf(at)),
    ),
  );
});
afterAll(async () => {
  await pic.tearDown();
});

describe('the peer’s weakness', () => {
  test('section 5: a change of status overwrites the entry and its time', async () => {
    invoice.setIdentity(writer);
    const pending = payment({ Pending: null }, 1n);
    const failed = payment({ Failed: null }, 2n);
    accepted(await invoice.recordPayment(0n, pending));
    accepted(await invoice.recordPayment(1n, failed));
    const { entries } = accepted(await invoice.getEntries(0n, 10));
    expect(entries).toMatchObject([pending, { ...failed, follows: [0n] }]);
    // A writer that sends an old number again with another content changes nothing.
    accepted(await invoice.recordPayment(0n, failed));
    expect(accepted(await invoice.getEntries(0n, 10)).entries).toEqual(entries);
  });

  test('section 5: a controller wipes the log (resetAuditEntries), records get deleted (archiveOldRecords)', async () => {
    const updates = (service: typeof AuditStorage | typeof InvoiceStorage) =>
      Object.entries(service.methods).flatMap(([name, { kind }]) =>
        kind === 'update' ? [name] : [],
      );
    const common = [
      'abandonArchive',
      'adoptEntries',
      'configureArchiving',
      'registerArchiveModule',
      'setupWhitelist',
      'uploadModuleChunk',
    ];
    expect(updates(AuditStorage).sort()).toEqual([...common, 'logEvent', 'logEvents'].sort());
    expect(updates(InvoiceStorage).sort()).toEqual(
      [...common, 'recordPayment', 'recordPayments'].sort(),
    );
    audit.setIdentity(controller);
    const whitelist = { administrators: [controller.getPrincipal()], writers: [] };
    expect(refusalCode(await audit.setupWhitelist(whitelist))).toBe('storage.not_administrator');
    expect(refusalCode(await audit.abandonArchive())).toBe('storage.not_administrator');
    expect((await audit.getTip()).length).toBe(30n);
  });

  test('9: audit entries are public', async () => {
    audit.setIdentity(bob);
    expect(refusalCode(await audit.getEntries(0n, 1))).toBe('storage.not_reader');
    expect(refusalCode(await audit.getEntriesAt([0n]))).toBe('storage.not_reader');
    const others = await audit.getEntriesByUser(alice.getPrincipal(), [], 1);
    expect(refusalCode(others)).toBe('storage.not_reader');
  });

  test('11: anonymous callers grow the storage', async () => {
    const anyone = actorFor(pic, AuditStorage, auditId);
    expect(refusalCode(await anyone.logEvent(30n, eventOf(30)))).toBe('core.anonymous_caller');
    expect((await anyone.getTip()).length).toBe(30n);
  });

  test('25: the latest entries are an arbitrary selection, or the oldest, with no way to go on', async () => {
    audit.setIdentity(alice);
    const me = alice.getPrincipal();
    const numbers: bigint[] = [];
    for (let cursor: [] | [bigint] = []; ; ) {
      const page: PageOfAudit = accepted(await audit.getEntriesByUser(me, cursor, 4));
      numbers.push(...page.entries.map(({ id }) => id));
      if (page.next.length === 0) break;
      cursor = page.next;
    }
    expect(numbers).toEqual(Array.from({ length: 15 }, (_, at) => 28n - 2n * BigInt(at)));
  });

  test('26: entries of one block get one id, and the later overwrites the earlier', async () => {
    audit.setIdentity(writer);
    const at = await pic.getTime();
    await pic.setTime(at);
    accepted(await audit.logEvents(30n, [eventOf(30), eventOf(31)]));
    audit.setIdentity(administrator);
    const { entries } = accepted(await audit.getEntries(30n, 10));
    expect(entries.map(({ id, detail }) => [id, detail])).toEqual([
      [30n, 'event 30'],
      [31n, 'event 31'],
    ]);
    expect(entries[0]!.recordedAt).toBe(entries[1]!.recordedAt);
  });
});

type PageOfAudit = Extract<
  Awaited<ReturnType<ActorFor<typeof AuditStorage>['getEntries']>>,
  { Ok: unknown }
>['Ok'];

function payment(status: { Pending: null } | { Failed: null }, time: bigint) {
  return {
    time,
    user: alice.getPrincipal(),
    reference: Uint8Array.of(1),
    kind: { Charge: null },
    ledger: administrator.getPrincipal(),
    amount: 100n,
    fee: 1n,
    block: [] as [],
    status,
    factory: 'token',
    memo: Uint8Array.of(1),
  };
}
