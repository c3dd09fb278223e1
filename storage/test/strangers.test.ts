import { Principal } from '@dfinity/principal';
import {
  accepted,
  actorFor,
  initArgument,
  installBuilt,
  installRelay,
  refusalCode,
  type ActorFor,
  type RefusalValue,
} from '@fabrica/testing';
import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { AuditStorage, InvoiceStorage } from '../src/index.ts';

type Audit = Pick<ActorFor<typeof AuditStorage>, keyof typeof AuditStorage.methods>;
type Invoice = Pick<ActorFor<typeof InvoiceStorage>, keyof typeof InvoiceStorage.methods>;
type Answer = { Ok: unknown } | { Err: RefusalValue };

const administrator = createIdentity('administrator').getPrincipal();
const writer = createIdentity('writer').getPrincipal();
const alice = createIdentity('alice').getPrincipal();
const stranger = createIdentity('stranger').getPrincipal();
const REFERENCE = Uint8Array.of(1, 2, 3);
const FAR = 2n ** 63n;

let pic: PocketIc;
let auditId: Principal;
let invoiceId: Principal;

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
  const whitelist = {
    administrators: [administrator.toUint8Array()],
    writers: [writer.toUint8Array()],
  };
  const sender = administrator;
  auditId = await pic.createCanister({ sender });
  invoiceId = await pic.createCanister({ sender });
  const argument = initArgument(AuditStorage, whitelist, null);
  await installBuilt(pic, 'audit', auditId, argument, sender);
  await installBuilt(pic, 'invoice', invoiceId, argument, sender);
  accepted(await auditAs(writer).logEvent(0n, event()));
  accepted(await invoiceAs(writer).recordPayment(0n, payment()));
});

afterAll(async () => {
  await pic.tearDown();
});

describe('a stranger', () => {
  it.each([
    ['a user', stranger],
    ['a user with entries of his own', alice],
  ])('who is %s can write nothing', async (_, caller) => {
    await expectNoWriting(auditAs(caller), invoiceAs(caller), caller);
  });

  it('who is a canister can write nothing and read nothing', async () => {
    const relay = await installRelay(pic);
    const audit = relay.to(AuditStorage, auditId);
    const invoice = relay.to(InvoiceStorage, invoiceId);
    await expectNoWriting(audit, invoice, relay.id);
    expectAll(await readings(audit, invoice), 'storage.not_reader');
  });

  it('can read nothing, and is expected to send nothing', async () => {
    expectAll(await readings(auditAs(stranger), invoiceAs(stranger)), 'storage.not_reader');
    const next = await auditAs(stranger).getNextSequence(stranger);
    expect(refusalCode(next)).toBe('storage.not_writer');
  });

  it('who has entries of his own reads them, and no others', async () => {
    const audit = auditAs(alice);
    const own = accepted(await audit.getEntriesByUser(alice, [], 10));
    expect(own.entries.map(({ action }) => action)).toEqual(['payment.charged']);
    expect(
      accepted(await invoiceAs(alice).getEntriesByReference(REFERENCE, [], [], 10)).entries,
    ).toHaveLength(1);
    expect(refusalCode(await audit.getEntriesByUser(stranger, [], 10))).toBe('storage.not_reader');
    expect(refusalCode(await audit.getEntries(0n, 10))).toBe('storage.not_reader');
  });

  it('who is anonymous is told to sign in', async () => {
    const nobody = Principal.anonymous();
    expectAll(await readings(auditAs(nobody), invoiceAs(nobody)), 'core.anonymous_caller');
    expectAll(
      await writings(auditAs(nobody), invoiceAs(nobody), stranger),
      'core.anonymous_caller',
    );
  });
});

describe('an administrator', () => {
  it('reads everything, and writes nothing', async () => {
    for (const answer of await readings(auditAs(administrator), invoiceAs(administrator))) {
      accepted(answer);
    }
    const audit = auditAs(administrator);
    expect(refusalCode(await audit.logEvent(0n, event()))).toBe('storage.not_writer');
    const invoice = invoiceAs(administrator);
    expect(refusalCode(await invoice.recordPayment(0n, payment()))).toBe('storage.not_writer');
  });
});

describe('a writer', () => {
  it('does not administer', async () => {
    const whitelist = { administrators: [writer], writers: [writer] };
    for (const actor of [auditAs(writer), invoiceAs(writer)]) {
      expect(refusalCode(await actor.setupWhitelist(whitelist))).toBe('storage.not_administrator');
    }
  });

  it('who was removed writes no more', async () => {
    const administrators = [administrator];
    const audit = auditAs(administrator);
    accepted(await audit.setupWhitelist({ administrators, writers: [] }));
    expect(refusalCode(await auditAs(writer).logEvent(1n, event()))).toBe('storage.not_writer');
    accepted(await audit.setupWhitelist({ administrators, writers: [writer] }));
    accepted(await auditAs(writer).logEvent(1n, event()));
  });
});

async function expectNoWriting(audit: Audit, invoice: Invoice, caller: Principal): Promise<void> {
  const before = [await auditAs(stranger).getTip(), await invoiceAs(stranger).getTip()];
  const [first, second, third, fourth, ...administering] = await writings(audit, invoice, caller);
  expectAll([first!, second!, third!, fourth!], 'storage.not_writer');
  expectAll(administering, 'storage.not_administrator');
  const after = [await auditAs(stranger).getTip(), await invoiceAs(stranger).getTip()];
  expect(after.map(({ hash, length }) => ({ hash, length }))).toEqual(
    before.map(({ hash, length }) => ({ hash, length })),
  );
}

async function writings(audit: Audit, invoice: Invoice, caller: Principal): Promise<Answer[]> {
  const whitelist = { administrators: [caller], writers: [caller] };
  return [
    await audit.logEvent(0n, event()),
    await audit.logEvents(0n, [event()]),
    await invoice.recordPayment(0n, payment()),
    await invoice.recordPayments(0n, [payment()]),
    await audit.setupWhitelist(whitelist),
    await invoice.setupWhitelist(whitelist),
  ];
}

/** Every reading that is not public, of what is Alice's. */
async function readings(audit: Audit, invoice: Invoice): Promise<Answer[]> {
  return [
    await audit.getEntries(0n, 10),
    await audit.getEntriesByUser(alice, [], 10),
    await audit.getEntriesByTime(0n, FAR, [], 10),
    await audit.getEntriesByAction('payment.charged', [], 10),
    await audit.getEntriesByReference(REFERENCE, [], 10),
    await audit.getEntriesByContract(alice, [], 10),
    await audit.getEntriesBySeverity({ Info: null }, [], 10),
    await audit.verifyData(0n, 1n),
    await invoice.getEntries(0n, 10),
    await invoice.getEntriesByUser(alice, [], 10),
    await invoice.getEntriesByTime(0n, FAR, [], 10),
    await invoice.getEntriesByReference(REFERENCE, [alice], [], 10),
    await invoice.getPaymentStatus(REFERENCE, [alice]),
    await invoice.getEntriesByKind({ Charge: null }, [], 10),
    await invoice.verifyData(0n, 1n),
  ];
}

function expectAll(answers: readonly Answer[], code: string): void {
  expect(answers.map(refusalCode)).toEqual(answers.map(() => code));
}

function auditAs(caller: Principal): Audit {
  const actor = actorFor(pic, AuditStorage, auditId);
  actor.setPrincipal(caller);
  return actor;
}

function invoiceAs(caller: Principal): Invoice {
  const actor = actorFor(pic, InvoiceStorage, invoiceId);
  actor.setPrincipal(caller);
  return actor;
}

function event() {
  return {
    time: 1n,
    actor: alice,
    action: 'payment.charged',
    severity: { Info: null },
    subject: [alice] as [Principal],
    reference: REFERENCE,
    contract: [] as [],
    factory: 'token',
    detail: '',
  };
}

function payment() {
  return {
    time: 1n,
    user: alice,
    reference: REFERENCE,
    kind: { Charge: null },
    ledger: administrator,
    amount: 100n,
    fee: 1n,
    block: [7n] as [bigint],
    status: { Completed: null },
    factory: 'token',
    memo: REFERENCE,
  };
}
