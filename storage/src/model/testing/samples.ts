import { keyspaces, MemoryStore, type ByteStore } from '@fabrica/core/store';
import type { AuditEvent, Payment } from '../../candid.ts';
import { openAuditStorage } from '../audit-storage.ts';
import { openInvoiceStorage } from '../invoice-storage.ts';

/** A self-authenticating principal, a different one for each `seed`. */
export function user(seed: number): Uint8Array {
  const principal = new Uint8Array(29).fill(seed);
  principal[28] = 2;
  return principal;
}

/** A canister's principal, a different one for each `seed`. */
export function canister(seed: number): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, 0, 0, 0, seed, 1, 1);
}

export const ADMINISTRATOR = user(250);
export const WRITER = canister(250);

/** An event about `user(1)`, or as told. */
export function sampleEvent(parts: Partial<AuditEvent> = {}): AuditEvent {
  return {
    time: 1_700_000_000_000_000_000n,
    actor: user(1),
    action: 'payment.charged',
    severity: { Info: null },
    subject: user(1),
    reference: new Uint8Array(32).fill(7),
    contract: canister(1),
    factory: 'token',
    detail: '',
    ...parts,
  };
}

/** A charge of `user(1)`, or as told. */
export function samplePayment(parts: Partial<Payment> = {}): Payment {
  return {
    time: 1_700_000_000_000_000_000n,
    user: user(1),
    reference: new Uint8Array(32).fill(7),
    kind: { Charge: null },
    ledger: canister(2),
    amount: 100_000_000n,
    fee: 10_000n,
    block: 5n,
    status: { Completed: null },
    factory: 'token',
    memo: new Uint8Array(),
    ...parts,
  };
}

/** An audit storage on the heap, with {@link ADMINISTRATOR} and {@link WRITER}. */
export function sampleAuditStorage(store: ByteStore = new MemoryStore()) {
  const storage = openAuditStorage(
    keyspaces(store, {
      tip: 0,
      entries: 1,
      whitelist: 2,
      sequences: 3,
      byUser: 4,
      byReference: 5,
      byAction: 6,
      byContract: 7,
      bySeverity: 8,
      archive: 9,
    }),
  );
  storage.access.install(ADMINISTRATOR, WHITELIST, 0n);
  return storage;
}

/** An invoice storage on the heap, with {@link ADMINISTRATOR} and {@link WRITER}. */
export function sampleInvoiceStorage(store: ByteStore = new MemoryStore()) {
  const storage = openInvoiceStorage(
    keyspaces(store, {
      tip: 0,
      entries: 1,
      whitelist: 2,
      sequences: 3,
      byUser: 4,
      byReference: 5,
      byKind: 6,
      archive: 7,
    }),
  );
  storage.access.install(ADMINISTRATOR, WHITELIST, 0n);
  return storage;
}

const WHITELIST = { administrators: [ADMINISTRATOR], writers: [WRITER] };
