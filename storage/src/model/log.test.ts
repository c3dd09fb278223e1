import { createHash } from 'node:crypto';
import { keyspaces, MemoryStore, type ByteStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainBlock, Log, MAX_ENTRIES } from './log.ts';
import { GENESIS, tipCodec } from './tip.ts';

describe('the log', () => {
  test('an empty log ends with the genesis hash', () => {
    expect(open().tip).toEqual({ length: 0, hash: GENESIS, bytes: 0 });
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
    open(store).append(Uint8Array.of(1));
    const log = open(store);
    expect(log.append(Uint8Array.of(2))).toBe(1);
    expect(open(store).tip).toEqual(log.tip);
  });

  test('an append is two writes, at 10 entries and at 10,000', () => {
    const store = new MemoryStore();
    const log = open(store);
    for (let n = 0; n < 10_000; n += 1) {
      const before = { ...store.operations };
      log.append(Uint8Array.of(n & 255));
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
    const full = { length: MAX_ENTRIES, hash: GENESIS, bytes: 2 ** 40 };
    spacesOf(store).tip.set(new Uint8Array(), tipCodec.encode(full));
    const log = open(store);
    expect(log.tip).toEqual(full);
    expect(() => log.append(Uint8Array.of(1))).toThrow(RangeError);
  });
});

function spacesOf(store: ByteStore) {
  return keyspaces(store, { tip: 0, entries: 1 });
}

function open(store: ByteStore = new MemoryStore(), domain = 'test log'): Log {
  return new Log(spacesOf(store), domain);
}
