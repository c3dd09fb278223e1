import { MemoryStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditEntry, MAX_PAGE, MAX_PROOF, type AuditEvent } from '../candid.ts';
import { tagKey, textKey } from './keys.ts';
import type { Index } from './indexes.ts';
import type { EntryPage } from './reader.ts';
import { code, entriesOf, value } from './testing/results.ts';
import {
  ADMINISTRATOR,
  canister,
  sampleAuditStorage,
  sampleEvent,
  user,
  WRITER,
} from './testing/samples.ts';

describe('recording events', () => {
  test('an entry is the event, its place, when and by whom', () => {
    const storage = sampleAuditStorage();
    const event = sampleEvent();
    expect(value(storage.intake.record(WRITER, 0n, [event], 9n))).toEqual({
      appended: 1,
      next: 1n,
    });
    const [entry] = read(storage, 0n);
    const place = { id: 0n, previous: new Uint8Array(32) };
    expect(entry).toEqual({ ...event, ...place, recordedAt: 9n, writer: WRITER });
  });

  test('a batch sent again is skipped, and one sent again with more adds what is new', () => {
    const storage = sampleAuditStorage();
    const events = [1, 2, 3].map((n) => sampleEvent({ detail: `event ${n}` }));
    value(storage.intake.record(WRITER, 0n, events.slice(0, 2), 1n));
    const tip = storage.log.tip;
    const again = storage.intake.record(WRITER, 0n, events.slice(0, 2), 2n);
    expect(value(again)).toEqual({ appended: 0, next: 2n });
    expect(storage.log.tip).toEqual(tip);
    const more = storage.intake.record(WRITER, 1n, events.slice(1), 2n);
    expect(value(more)).toEqual({ appended: 1, next: 3n });
    expect(read(storage, 0n).map(({ detail }) => detail)).toEqual([
      'event 1',
      'event 2',
      'event 3',
    ]);
  });

  test('a gap is refused by the number expected, and nothing is recorded', () => {
    const storage = sampleAuditStorage();
    const result = storage.intake.record(WRITER, 3n, [sampleEvent()], 1n);
    expect(code(result)).toBe('storage.sequence_gap');
    expect('Err' in result && result.Err.action).toContain('from 0 on');
    expect(storage.log.length).toBe(0);
  });

  test('each writer has numbers of his own', () => {
    const storage = sampleAuditStorage();
    const writers = [WRITER, canister(9)];
    const whitelist = { administrators: [ADMINISTRATOR], writers };
    value(storage.access.setup(ADMINISTRATOR, whitelist, 1n));
    for (const writer of writers) value(storage.intake.record(writer, 0n, [sampleEvent()], 1n));
    expect(storage.log.length).toBe(2);
    expect(writers.map((writer) => storage.sequences.next(writer))).toEqual([1n, 1n]);
  });

  test('any redelivery of a durable outbox records each event once and in order', () => {
    const delivery = fc.record({ back: fc.nat(6), count: fc.nat(5), upgrade: fc.boolean() });
    fc.assert(
      fc.property(fc.array(delivery, { maxLength: 20 }), (deliveries) => {
        const store = new MemoryStore();
        let storage = sampleAuditStorage(store);
        let sent = 0;
        for (const { back, count, upgrade } of deliveries) {
          const first = Math.max(0, sent - back);
          const events = Array.from({ length: count }, (_, at) =>
            sampleEvent({ detail: String(first + at) }),
          );
          value(storage.intake.record(WRITER, BigInt(first), events, 1n));
          sent = Math.max(sent, first + count);
          if (upgrade) storage = sampleAuditStorage(store);
        }
        const details = read(storage, 0n).map(({ detail }) => detail);
        expect(storage.log.length).toBe(sent);
        expect(details).toEqual(
          Array.from({ length: Math.min(sent, MAX_PAGE) }, (_, at) => `${at}`),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('a stranger, an administrator and anyone no longer listed cannot write', () => {
    const storage = sampleAuditStorage();
    for (const caller of [user(1), ADMINISTRATOR, canister(3)]) {
      const result = storage.intake.record(caller, 0n, [sampleEvent()], 1n);
      expect(code(result)).toBe('storage.not_writer');
    }
    value(storage.access.setup(ADMINISTRATOR, { administrators: [user(9)], writers: [] }, 1n));
    const result = storage.intake.record(WRITER, 0n, [sampleEvent()], 1n);
    expect(code(result)).toBe('storage.not_writer');
  });

  test('an append takes at most 14 store operations, at 10 entries and at 2,000', () => {
    const store = new MemoryStore();
    const storage = sampleAuditStorage(store);
    const total = () => store.operations.get + store.operations.set;
    let most = 0;
    // The first one also reads what is then kept on the heap.
    value(storage.intake.record(WRITER, 0n, [sampleEvent({ subject: user(90) })], 1n));
    for (let n = 1; n <= 2000; n += 1) {
      const before = total();
      const reference = new Uint8Array(32).fill(n & 255);
      const event = sampleEvent({ subject: user(n % 90), contract: canister(n % 100), reference });
      value(storage.intake.record(WRITER, BigInt(n), [event], 1n));
      most = Math.max(most, total() - before);
    }
    // Entry and tip; each of four indexes a read, a write and now and then a page set aside.
    expect(most).toBeLessThanOrEqual(14);
  });
});

describe('finding events', () => {
  test('every index answers its events, newest first, as a scan of the log would', () => {
    const event = fc.record({
      subject: fc.option(fc.nat(2).map(user), { nil: null }),
      reference: fc.constantFrom(new Uint8Array(), Uint8Array.of(1), Uint8Array.of(1, 0)),
      contract: fc.option(fc.nat(2).map(canister), { nil: null }),
      action: fc.constantFrom('payment.charged', 'payment.refunded', 'é', '試'),
      severity: fc.constantFrom<AuditEvent['severity']>({ Info: null }, { Critical: null }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 45 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, limit) => {
          const storage = sampleAuditStorage();
          value(storage.intake.record(WRITER, 0n, parts.map(sampleEvent), 1n));
          const { indexes } = storage;
          const all = read(storage, 0n).reverse();
          const follow = (index: Index<AuditEntry>, key: Uint8Array) => {
            const found: AuditEntry[] = [];
            for (let cursor: bigint | null = null; ; ) {
              const page: EntryPage<AuditEntry> = value(
                storage.reader.indexed(ADMINISTRATOR, index, key, cursor, limit),
              );
              found.push(...entriesOf(AuditEntry, page));
              if (page.next === null) return found;
              cursor = page.next;
            }
          };
          const same = (a: Uint8Array | null, b: Uint8Array) =>
            a !== null && Buffer.compare(a, b) === 0;
          for (const n of [0, 1, 2]) {
            const bySubject = all.filter(({ subject }) => same(subject, user(n)));
            expect(follow(indexes.user, user(n))).toEqual(bySubject);
            const byContract = all.filter(({ contract }) => same(contract, canister(n)));
            expect(follow(indexes.contract, canister(n))).toEqual(byContract);
          }
          const key = Uint8Array.of(1);
          const byReference = all.filter(({ reference }) => same(reference, key));
          expect(follow(indexes.reference, key)).toEqual(byReference);
          const byAction = all.filter(({ action }) => action === 'é');
          expect(follow(indexes.action, textKey('é'))).toEqual(byAction);
          const critical = all.filter(({ severity }) => 'Critical' in severity);
          expect(follow(indexes.severity, tagKey({ Critical: null }))).toEqual(critical);
          const info = all.filter(({ severity }) => 'Info' in severity);
          expect(follow(indexes.info, tagKey({ Info: null }))).toEqual(info);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a span of time answers the entries recorded in it, in order', () => {
    const storage = sampleAuditStorage();
    for (const [n, at] of [10n, 10n, 20n, 30n, 30n, 40n].entries()) {
      value(storage.intake.record(WRITER, BigInt(n), [sampleEvent()], at));
    }
    const ids = (from: bigint, to: bigint, cursor: bigint | null = null, limit = 50) => {
      const page = storage.reader.recordedBetween(ADMINISTRATOR, from, to, cursor, limit);
      const { next } = value(page);
      return { ids: entriesOf(AuditEntry, value(page)).map(({ id }) => Number(id)), next };
    };
    expect(ids(0n, 100n)).toEqual({ ids: [0, 1, 2, 3, 4, 5], next: null });
    expect(ids(10n, 30n)).toEqual({ ids: [0, 1, 2], next: null });
    expect(ids(20n, 40n, null, 2)).toEqual({ ids: [2, 3], next: 4n });
    expect(ids(20n, 40n, 4n, 2)).toEqual({ ids: [4], next: null });
    expect(ids(41n, 50n)).toEqual({ ids: [], next: null });
    expect(ids(30n, 10n)).toEqual({ ids: [], next: null });
  });

  test('a page holds at most MAX_PAGE entries and at least one, whatever limit is asked', () => {
    const storage = sampleAuditStorage();
    const batch = Array.from({ length: 50 }, () => sampleEvent());
    value(storage.intake.record(WRITER, 0n, batch, 1n));
    value(storage.intake.record(WRITER, 50n, batch, 1n));
    const page = value(storage.reader.entries(ADMINISTRATOR, 0n, 4_000_000_000));
    expect(page.entries.count).toBe(MAX_PAGE);
    expect(page.next).toBe(50n);
    expect(value(storage.reader.entries(ADMINISTRATOR, 0n, 0)).entries.count).toBe(1);
    expect(value(storage.reader.entries(ADMINISTRATOR, 2n ** 63n, 5)).entries.count).toBe(0);
  });

  test('a page of 50 by user is at most three reads', () => {
    const store = new MemoryStore();
    const storage = sampleAuditStorage(store);
    const batch = Array.from({ length: 50 }, () => sampleEvent());
    for (let n = 0n; n < 500n; n += 50n) value(storage.intake.record(WRITER, n, batch, 1n));
    const fresh = sampleAuditStorage(store);
    const before = store.operations.get;
    value(fresh.reader.indexed(user(1), fresh.indexes.user, user(1), null, 50, user(1)));
    expect(store.operations.get - before).toBeLessThanOrEqual(3);
  });
});

describe('who may read', () => {
  test('a user reads what concerns him and nothing else', () => {
    const storage = sampleAuditStorage();
    value(storage.intake.record(WRITER, 0n, [sampleEvent()], 1n));
    const { reader, indexes } = storage;
    const own = reader.indexed(user(1), indexes.user, user(1), null, 5, user(1));
    expect(value(own).entries.count).toBe(1);
    const refused = [
      reader.indexed(user(2), indexes.user, user(1), null, 5, user(1)),
      reader.indexed(user(1), indexes.contract, canister(1), null, 5),
      reader.entries(user(1), 0n, 5),
      reader.recordedBetween(user(1), 0n, 5n, null, 5),
      reader.chain(user(1), 0n, 1n),
    ];
    for (const result of refused) expect(code(result)).toBe('storage.not_reader');
  });

  test('administrators and writers read everything', () => {
    const storage = sampleAuditStorage();
    value(storage.intake.record(WRITER, 0n, [sampleEvent()], 1n));
    for (const caller of [ADMINISTRATOR, WRITER]) {
      expect(value(storage.reader.entries(caller, 0n, 5)).entries.count).toBe(1);
    }
  });
});

describe('what proves a range', () => {
  test('answers at most MAX_PROOF entries, and where to go on', () => {
    const storage = sampleAuditStorage();
    const batch = Array.from({ length: 50 }, () => sampleEvent());
    for (let n = 0n; n < 600n; n += 50n) value(storage.intake.record(WRITER, n, batch, 1n));
    const first = value(storage.reader.chain(ADMINISTRATOR, 0n, 600n));
    expect([first.entries.length, first.next]).toEqual([MAX_PROOF, BigInt(MAX_PROOF)]);
    const rest = value(storage.reader.chain(ADMINISTRATOR, first.next, 600n));
    expect([rest.entries.length, rest.next]).toEqual([100, 600n]);
  });

  test('a range that is not there is refused', () => {
    const { reader } = sampleAuditStorage();
    expect(code(reader.chain(ADMINISTRATOR, 0n, 1n))).toBe('storage.range_invalid');
    expect(code(reader.chain(ADMINISTRATOR, 1n, 0n))).toBe('storage.range_invalid');
    expect(value(reader.chain(ADMINISTRATOR, 0n, 0n)).entries).toEqual([]);
  });
});

function read(storage: ReturnType<typeof sampleAuditStorage>, from: bigint): AuditEntry[] {
  return entriesOf(AuditEntry, value(storage.reader.entries(ADMINISTRATOR, from, MAX_PAGE)));
}
