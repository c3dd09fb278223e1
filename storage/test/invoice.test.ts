import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  actorFor,
  initArgument,
  installBuilt,
  type ActorFor,
} from '../../testing/src/canisters.ts';
import { accepted, refusalCode } from '../../testing/src/results.ts';
import { verifyChain } from '../src/client/index.ts';
import { InvoiceStorage } from '../src/index.ts';

const administrator = createIdentity('administrator');
const writer = createIdentity('writer');
const alice = createIdentity('alice');
const bob = createIdentity('bob');

let pic: PocketIc;
let invoice: ActorFor<typeof InvoiceStorage>;

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
  const sender = administrator.getPrincipal();
  const id = await pic.createCanister({ sender });
  const argument = initArgument(
    InvoiceStorage,
    {
      administrators: [sender.toUint8Array()],
      writers: [writer.getPrincipal().toUint8Array()],
    },
    null,
  );
  await installBuilt(pic, 'invoice', id, argument, sender);
  invoice = actorFor(pic, InvoiceStorage, id);
});
afterAll(async () => {
  await pic.tearDown();
});

test('a payment and its change of status are on record, for its user and for nobody else', async () => {
  invoice.setIdentity(writer);
  const pending = payment({ Pending: null }, []);
  const completed = payment({ Completed: null }, [5n]);
  expect(accepted(await invoice.recordPayment(0n, pending))).toEqual({ appended: 1, next: 1n });
  const receipt = await invoice.recordPayments(0n, [pending, completed]);
  expect(accepted(receipt)).toEqual({ appended: 1, next: 2n });

  invoice.setIdentity(alice);
  const status = accepted(await invoice.getPaymentStatus(REFERENCE, []));
  expect(status).toMatchObject({ ...completed, id: 1n, follows: [0n] });
  const trail = accepted(await invoice.getEntriesByReference(REFERENCE, [], [], 50));
  expect(trail.entries.map(({ status }) => status)).toEqual([
    { Completed: null },
    { Pending: null },
  ]);
  const mine = accepted(await invoice.getEntriesByUser(alice.getPrincipal(), [], 50));
  expect(mine.entries).toEqual(trail.entries);
  expect(refusalCode(await invoice.recordPayment(2n, pending))).toBe('storage.not_writer');

  invoice.setIdentity(bob);
  const asked = await invoice.getPaymentStatus(REFERENCE, [alice.getPrincipal()]);
  expect(refusalCode(asked)).toBe('storage.not_reader');
  expect(refusalCode(await invoice.getPaymentStatus(REFERENCE, []))).toBe(
    'storage.payment_unknown',
  );

  invoice.setIdentity(administrator);
  const charges = accepted(await invoice.getEntriesByKind({ Charge: null }, [], 50));
  expect(charges.entries.map(({ id }) => id)).toEqual([1n, 0n]);
  const { entries } = accepted(await invoice.verifyData(0n, 2n));
  const { hash } = await invoice.getTip();
  const bytes = entries.map((entry) => Uint8Array.from(entry));
  const proven = { ok: true, length: 2, hash: Uint8Array.from(hash) };
  expect(verifyChain('invoice', bytes)).toEqual(proven);
});

const REFERENCE = new Uint8Array(32).fill(9);

type Payment = Parameters<ActorFor<typeof InvoiceStorage>['recordPayment']>[1];

function payment(status: Payment['status'], block: Payment['block']): Payment {
  return {
    time: 1_700_000_000_000_000_000n,
    user: alice.getPrincipal(),
    reference: REFERENCE,
    kind: { Charge: null },
    ledger: administrator.getPrincipal(),
    amount: 100_000_000n,
    fee: 10_000n,
    block,
    status,
    factory: 'token',
    memo: new Uint8Array(),
  };
}
