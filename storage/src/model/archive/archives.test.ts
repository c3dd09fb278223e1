import { MemoryStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditEntry, type ArchivedIds, type AuditEvent } from '../../candid.ts';
import type { Index } from '../indexes.ts';
import { tagKey, textKey } from '../keys.ts';
import type { EntryPage } from '../reader.ts';
import { code, entriesOf, value } from '../testing/results.ts';
import {
  ADMINISTRATOR,
  canister,
  sampleAuditStorage,
  sampleEvent,
  sampleInvoiceStorage,
  samplePayment,
  user,
  WRITER,
} from '../testing/samples.ts';
import { DEFAULTS, LIMITS } from './settings.ts';

type Storage = ReturnType<typeof sampleAuditStorage>;

const PARENT = canister(77);

describe('a log whose oldest entries are in archives', () => {
  test('answers every query as if nothing had moved, telling what is elsewhere', () => {
    const event = fc.record({
      subject: fc.option(fc.nat(1).map(user), { nil: null }),
      action: fc.constantFrom('payment.charged', 'payment.refunded'),
      severity: fc.constantFrom<AuditEvent['severity']>({ Info: null }, { Critical: null }),
    });
    const history = fc.array(
      fc.record({ events: fc.array(event, { minLength: 1, maxLength: 50 }), move: fc.nat(60) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 50 }), (steps, limit) => {
        const store = new MemoryStore();
        let storage = sampleAuditStorage(store);
        const archives = new Map<string, Storage>();
        const all: AuditEntry[] = [];
        for (const [at, { events, move }] of steps.entries()) {
          const time = BigInt(at) * 10n;
          record(storage, events.map(sampleEvent), time);
          for (let id = all.length; id < storage.log.length; id += 1)
            all.push(storage.book.read(id));
          if (move > 0) moveOldest(storage, move, archives);
          storage = sampleAuditStorage(store);
        }
        const { indexes, reader } = storage;
        const newest = [...all].reverse();
        const under = (index: Index<AuditEntry>, key: Uint8Array) =>
          follow(archives, (c) => reader.indexed(ADMINISTRATOR, index, key, c, limit));
        for (const n of [0, 1]) {
          const own = newest.filter(({ subject }) => subject !== null && subject[0] === n);
          expect(under(indexes.user, user(n))).toEqual(own);
        }
        const charged = newest.filter(({ action }) => action === 'payment.charged');
        expect(under(indexes.action, textKey('payment.charged'))).toEqual(charged);
        const [info, critical] = [tagKey({ Info: null }), tagKey({ Critical: null })];
        expect(under(indexes.info, info)).toEqual(newest.filter((e) => 'Info' in e.severity));
        expect(under(indexes.severity, critical)).toEqual(
          newest.filter((e) => 'Critical' in e.severity),
        );
        const ordered = follow(archives, (c) => reader.entries(ADMINISTRATOR, c ?? 0n, limit));
        expect(ordered).toEqual(all);
        const [from, to] = [10n, 30n];
        const span = follow(archives, (c) =>
          reader.recordedBetween(ADMINISTRATOR, from, to, c, limit),
        );
        expect(span).toEqual(all.filter((e) => e.recordedAt >= from && e.recordedAt < to));
      }),
      { numRuns: 25 },
    );
  });

  test('keeps of what moved a tenth of its bytes', () => {
    const store = new MemoryStore();
    const storage = sampleAuditStorage(store);
    for (let n = 0; n < 40; n += 1)
      record(
        storage,
        Array.from({ length: 50 }, () => sampleEvent()),
        1n,
      );
    const before = store.bytes;
    moveOldest(storage, 1_999, new Map());
    expect(store.bytes).toBeLessThan(before * 0.15);
  });

  test('a payment whose last entry moved is told to be in an archive', () => {
    const storage = sampleInvoiceStorage();
    value(
      storage.intake.record(WRITER, 0n, [samplePayment(), samplePayment({ user: user(9) })], 1n),
    );
    const { reference } = samplePayment();
    storage.archives.sealed(moveOf(storage, 1), 2n);
    storage.book.release(1);
    const status = storage.status(ADMINISTRATOR, reference, user(1));
    expect(code(status)).toBe('storage.entry_archived');
    expect(value(storage.status(ADMINISTRATOR, reference, user(9)))).toMatchObject({ id: 1n });
  });

  test('entries at their numbers are a user’s own or refused', () => {
    const storage = sampleAuditStorage();
    record(storage, [sampleEvent(), sampleEvent({ subject: null })], 1n);
    const { reader } = storage;
    expect(value(reader.entriesAt(user(1), [0n])).entries.count).toBe(1);
    expect(code(reader.entriesAt(user(1), [0n, 1n]))).toBe('storage.not_reader');
    expect(code(reader.entriesAt(user(2), [0n]))).toBe('storage.not_reader');
    expect(code(reader.entriesAt(ADMINISTRATOR, [2n]))).toBe('storage.range_invalid');
  });
});

describe('an archive', () => {
  test('takes each entry once, in order, from its log alone', () => {
    const storage = sampleAuditStorage();
    record(
      storage,
      Array.from({ length: 9 }, () => sampleEvent()),
      1n,
    );
    const archive = archiveOf(storage, 2, 8);
    const bytes = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => storage.log.at(from + at));
    const adopt = (from: number, to: number, caller = PARENT) =>
      archive.adoption.adopt(archive.book, caller, BigInt(from), bytes(from, to));
    expect(code(adopt(2, 4, WRITER))).toBe('storage.not_parent');
    expect(code(adopt(3, 5))).toBe('storage.adoption_gap');
    expect(value(adopt(2, 5))).toEqual({ appended: 3, next: 5n });
    expect(value(adopt(2, 5))).toEqual({ appended: 0, next: 5n });
    expect(value(adopt(4, 7))).toEqual({ appended: 2, next: 7n });
    expect(code(adopt(7, 9))).toBe('storage.adoption_gap');
    expect(value(adopt(7, 8))).toEqual({ appended: 1, next: 8n });
    expect(archive.log.tip.hash).toEqual(storage.book.read(8).previous);
    expect(code(archive.intake.record(WRITER, 0n, [sampleEvent()], 2n))).toBe('storage.is_archive');
    expect(code(storage.adoption.adopt(storage.book, PARENT, 9n, []))).toBe('storage.not_archive');
  });

  test('refuses an entry that was changed, whichever of its bytes, keeping those before it', () => {
    const storage = sampleAuditStorage();
    record(
      storage,
      Array.from({ length: 4 }, () => sampleEvent()),
      1n,
    );
    fc.assert(
      fc.property(fc.nat(2), fc.nat(), fc.integer({ min: 1, max: 255 }), (at, place, bits) => {
        const archive = archiveOf(storage, 0, 3);
        const entries = [0, 1, 2].map((id) => storage.log.at(id).slice());
        entries[at]![place % entries[at]!.length]! ^= bits;
        let outcome: string | null;
        try {
          outcome = code(archive.adoption.adopt(archive.book, PARENT, 0n, entries));
        } catch {
          // What does not decode is a trap, which takes the whole message back.
          outcome = 'trap';
        }
        expect(outcome === 'storage.chain_broken' || outcome === 'trap').toBe(true);
        expect(archive.log.length).toBeLessThan(3);
      }),
      { numRuns: 100 },
    );
  });
});

describe('settings', () => {
  test('are refused outside of their ranges, and taken at both ends', () => {
    const { archives } = sampleAuditStorage();
    const roomy = { ...DEFAULTS, atEntries: 100_000_000, capacityBytes: LIMITS.capacityBytes[1] };
    for (const [name, [min, max]] of Object.entries(LIMITS)) {
      const isBig = typeof DEFAULTS[name as keyof typeof LIMITS] === 'bigint';
      const setting = (number: bigint) => ({ [name]: isBig ? number : Number(number) });
      for (const wrong of [BigInt(min) - 1n, BigInt(max) + 1n]) {
        const result = archives.configure({ ...roomy, ...setting(wrong) });
        expect(code(result)).toBe('storage.setting_out_of_range');
      }
      const [least, most] = [setting(BigInt(min)), setting(BigInt(max))];
      expect(code(archives.configure({ ...roomy, ...most }))).not.toBe(
        'storage.setting_out_of_range',
      );
      expect(code(archives.configure({ ...roomy, ...least }))).not.toBe(
        'storage.setting_out_of_range',
      );
    }
    expect(value(archives.configure(DEFAULTS))).toBeNull();
  });

  test('hold up new entries at the capacity, and not what is on record', () => {
    const storage = sampleAuditStorage();
    const capacityBytes = 20_000n;
    value(storage.archives.configure({ ...DEFAULTS, atBytes: 10_000n, capacityBytes }));
    const batch = Array.from({ length: 50 }, () => sampleEvent());
    while (storage.log.bytesHere < capacityBytes) record(storage, batch, 1n);
    const { length } = storage.log;
    const next = storage.sequences.next(WRITER);
    const refused = storage.intake.record(WRITER, next, batch, 1n);
    expect(code(refused)).toBe('storage.capacity_reached');
    expect(value(storage.intake.record(WRITER, next - 50n, batch, 1n)).appended).toBe(0);
    expect(storage.log.length).toBe(length);
    value(storage.archives.configure(DEFAULTS));
    expect(value(storage.intake.record(WRITER, next, batch, 1n)).appended).toBe(50);
  });
});

function record(storage: Storage, events: readonly AuditEvent[], time: bigint): void {
  value(storage.intake.record(WRITER, storage.sequences.next(WRITER), events, time));
}

function moveOf(
  storage: Pick<Storage, 'log'> & { book: { read(id: number): { previous: Uint8Array } } },
  to: number,
) {
  const { first } = storage.log;
  return {
    archive: canister(100 + first),
    from: BigInt(first),
    to: BigInt(to),
    previous: storage.book.read(first).previous,
    hash: storage.book.read(to).previous,
    whitelist: 1,
  };
}

/** An empty archive for a range of a log. */
function archiveOf(storage: Storage, from: number, to: number): Storage {
  const archive = sampleAuditStorage();
  archive.adoption.install({
    parent: PARENT,
    from: BigInt(from),
    to: BigInt(to),
    previous: storage.book.read(from).previous,
    hash: storage.book.read(to).previous,
  });
  return archive;
}

/** Moves up to `count` of the oldest entries, as the canister does. */
function moveOldest(storage: Storage, count: number, archives: Map<string, Storage>): void {
  const { first, length } = storage.log;
  const to = Math.min(first + count, length - 1);
  if (to <= first) return;
  const move = { ...moveOf(storage, to), archive: Uint8Array.of(archives.size, 1, 1) };
  const archive = archiveOf(storage, first, to);
  const entries = Array.from({ length: to - first }, (_, at) => storage.log.at(first + at));
  value(archive.adoption.adopt(archive.book, PARENT, BigInt(first), entries));
  archives.set(String(move.archive), archive);
  storage.archives.sealed(move, 1n);
  for (let next = storage.archives.nextRelease(); next !== null; ) {
    storage.book.release(next);
    next = storage.archives.nextRelease();
  }
  storage.archives.finish();
}

/** All entries of a query, in order, those in archives included. */
function follow(
  archives: ReadonlyMap<string, Storage>,
  ask: (cursor: bigint | null) => { Ok: EntryPage<AuditEntry> } | { Err: never } | unknown,
): AuditEntry[] {
  const found: AuditEntry[] = [];
  for (let cursor: bigint | null = null; ; ) {
    const page = value(ask(cursor) as Parameters<typeof value>[0]) as EntryPage<AuditEntry>;
    found.push(...entriesOf(AuditEntry, page), ...elsewhere(archives, page.archived));
    if (page.next === null) return found;
    cursor = page.next;
  }
}

function elsewhere(
  archives: ReadonlyMap<string, Storage>,
  groups: readonly ArchivedIds[],
): AuditEntry[] {
  return groups.flatMap(({ archive, ids }) => {
    const { reader } = archives.get(String(archive))!;
    return entriesOf(AuditEntry, value(reader.entriesAt(ADMINISTRATOR, ids)));
  });
}
