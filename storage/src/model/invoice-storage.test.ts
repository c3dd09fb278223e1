import { describe, expect, test } from 'vitest';
import { InvoiceEntry, type Payment } from '../candid.ts';
import { ownReferenceKey, tagKey } from './keys.ts';
import { code, entriesOf, value } from './testing/results.ts';
import {
  ADMINISTRATOR,
  sampleInvoiceStorage,
  samplePayment,
  user,
  WRITER,
} from './testing/samples.ts';

const REFERENCE = samplePayment().reference;

describe('payments', () => {
  test('a change of status is a new entry that names the one before', () => {
    const storage = recorded([
      { status: { Pending: null }, block: null },
      { reference: Uint8Array.of(9) },
      { status: { Completed: null } },
      { kind: { Refund: null }, status: { Pending: null } },
    ]);
    const page = storage.reader.entries(ADMINISTRATOR, 0n, 50);
    const entries = entriesOf(InvoiceEntry, value(page));
    expect(entries.map(({ follows }) => follows)).toEqual([null, null, 0n, 2n]);
  });

  test('the last entry of a reference tells how it stands', () => {
    const storage = recorded([
      { status: { Pending: null }, block: null },
      { status: { Failed: null }, block: null },
    ]);
    const entry = value(storage.status(user(1), REFERENCE, user(1)));
    expect(entry.status).toEqual({ Failed: null });
    expect(entry.id).toBe(1n);
  });

  test('two users may use the same reference and never meet', () => {
    const storage = recorded([{ user: user(1) }, { user: user(2), amount: 7n }]);
    expect(value(storage.status(user(2), REFERENCE, user(2))).amount).toBe(7n);
    expect(value(storage.status(user(2), REFERENCE, user(2))).follows).toBe(null);
    const key = ownReferenceKey(REFERENCE, user(1));
    const { reader, indexes } = storage;
    const page = value(reader.indexed(user(1), indexes.reference, key, null, 50, user(1)));
    expect(entriesOf(InvoiceEntry, page).map(({ id }) => id)).toEqual([0n]);
  });

  test('references and users cannot be cut so that one pair passes for another', () => {
    const key = (reference: number[], user: number[]) =>
      [...ownReferenceKey(Uint8Array.from(reference), Uint8Array.from(user))].join();
    expect(key([1], [2, 3])).not.toBe(key([1, 2], [3]));
  });

  test('payments are found by kind', () => {
    const storage = recorded([{}, { kind: { Refund: null } }, {}]);
    const { reader, indexes } = storage;
    const key = tagKey({ Charge: null });
    const page = value(reader.indexed(ADMINISTRATOR, indexes.kind, key, null, 50));
    expect(entriesOf(InvoiceEntry, page).map(({ id }) => id)).toEqual([2n, 0n]);
  });

  test('somebody else’s payment is refused, and one that is not there is said so', () => {
    const storage = recorded([{}]);
    expect(code(storage.status(user(2), REFERENCE, user(1)))).toBe('storage.not_reader');
    expect(code(storage.status(user(2), REFERENCE, user(2)))).toBe('storage.payment_unknown');
    expect(value(storage.status(ADMINISTRATOR, REFERENCE, user(1))).id).toBe(0n);
  });
});

function recorded(payments: Partial<Payment>[]) {
  const storage = sampleInvoiceStorage();
  value(storage.intake.record(WRITER, 0n, payments.map(samplePayment), 1n));
  return storage;
}
