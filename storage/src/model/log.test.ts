import { createHash } from 'node:crypto';
import { keyspaces, MemoryStore, type ByteStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainBlock, Log, MAX_ENTRIES } from './log.ts';
import { GENESIS, tipCodec } from './tip.ts';

describe('the log', () => {
  test('an empty log ends with the genesis hash', () => {
    expect(open().tip).toEqual({ length: 0, hash: GENESIS, bytes: 0, writers: [] });
    expect(open().place).toEqual({ id: 0n, previous: GENESIS });
  });

  test('the tip is SHA-256 of the domain’s block and the last entry', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1 }), (entries) => {
        const log = open();
        for (const [at, entry] of entries.entries()) expect(log.append(entry)).toBe(at);
        const hash = createHash('sha256').update(domainBlock('test log')).update(entries.at(-1)!);
        expect(log.tip.hash).toEqual(new Uint8Array(hash.digest()));
        expect(log.length).toBe(entries.length);
        expect(log.tip.bytes).toBe(entries.reduce((sum, { length }) => sum + length, 0));
        expect(entries.map((_, at) => log.at(at))).toEqual(entries);
      }),
      { numRuns: 50 },
    );
  });

  test('logs of different domains hash the same entry differently', () => {
    const hashes = ['a', 'b'].map((domain) => {
      const log = open(new MemoryStore(), domain);
      log.append(Uint8Array.of(1));
      return log.tip.hash;
    });
    expect(hashes[0]).not.toEqual(hashes[1]);
  });

  test('goes on after an upgrade where it stood', () => {
    const store = new MemoryStore();
    append(open(store), Uint8Array.of(1));
    const log = open(store);
    expect(append(log, Uint8Array.of(2))).toBe(1);
    expect(open(store).tip).toEqual(log.tip);
  });

  test('what was appended and not committed is not on record', () => {
    const store = new MemoryStore();
    open(store).append(Uint8Array.of(1));
    expect(open(store).length).toBe(0);
  });

  test('a tip of the first version, without writers, is read', () => {
    const stored = tipCodec.encode({ length: 3, hash: GENESIS, bytes: 9, writers: [] });
    stored[0] = 1;
    expect(tipCodec.decode(stored)).toEqual({ length: 3, hash: GENESIS, bytes: 9, writers: [] });
  });

  test('any tip is read as it was written', () => {
    const writer = fc.record({
      writer: fc.uint8Array({ minLength: 1, maxLength: 29 }),
      next: fc.bigInt(0n, 2n ** 64n - 1n),
    });
    fc.assert(
      fc.property(fc.array(writer, { maxLength: 32 }), (writers) => {
        const tip = { length: MAX_ENTRIES, hash: GENESIS, bytes: 2 ** 50, writers };
        expect(tipCodec.decode(tipCodec.encode(tip))).toEqual(tip);
      }),
    );
  });

  test('an archive’s log goes on from the middle of another', () => {
    const whole = open();
    const entries = [1, 2, 3, 4].map((n) => Uint8Array.of(n));
    const hashes = entries.map((entry) => {
      append(whole, entry);
      return whole.tip.hash;
    });
    const store = new MemoryStore();
    open(store).beginAt(2, hashes[1]!);
    const part = open(store);
    expect([part.first, part.length]).toEqual([2, 2]);
    append(part, entries[2]!);
    append(part, entries[3]!);
    expect(part.tip.hash).toEqual(whole.tip.hash);
    expect(part.at(3)).toEqual(entries[3]);
    expect(() => part.at(1)).toThrow(RangeError);
    expect(() => whole.beginAt(1, GENESIS)).toThrow('begun already');
  });

  test('entries let go of are not here, and nothing else changes', () => {
    const store = new MemoryStore();
    const log = open(store);
    for (let n = 0; n < 5; n += 1) append(log, new Uint8Array(n + 1));
    const { tip } = log;
    log.release(3, 6);
    for (const same of [log, open(store)]) {
      expect([same.first, same.bytesHere, same.tip]).toEqual([3, 9, tip]);
      expect(() => same.at(2)).toThrow(RangeError);
      expect(same.at(3)).toHaveLength(4);
    }
  });

  test('an append and its commit are two writes, at 10 entries and at 10,000', () => {
    const store = new MemoryStore();
    const log = open(store);
    for (let n = 0; n < 10_000; n += 1) {
      const before = { ...store.operations };
      append(log, Uint8Array.of(n & 255));
      if (n === 10 || n === 9_999) {
        expect(store.operations.set - before.set).toBe(2);
        expect(store.operations.get - before.get).toBe(0);
      }
    }
  });

  test('an entry that is not there is an error', () => {
    expect(() => open().at(0)).toThrow(RangeError);
  });

  test('a full log takes no more', () => {
    const store = new MemoryStore();
    const full = { length: MAX_ENTRIES, hash: GENESIS, bytes: 2 ** 40, writers: [] };
    spacesOf(store).tip.set(new Uint8Array(), tipCodec.encode(full));
    const log = open(store);
    expect(log.tip).toEqual(full);
    expect(() => log.append(Uint8Array.of(1))).toThrow(RangeError);
  });
});

function spacesOf(store: ByteStore) {
  return keyspaces(store, { tip: 0, entries: 1, held: 2 });
}

function open(store: ByteStore = new MemoryStore(), domain = 'test log'): Log {
  return new Log(spacesOf(store), domain);
}

function append(log: Log, entry: Uint8Array): number {
  const id = log.append(entry);
  log.commit();
  return id;
}
