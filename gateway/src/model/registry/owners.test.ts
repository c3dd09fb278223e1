import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binary, MemoryStore } from '@fabrica/core/store';

import { Owners } from './owners.ts';

/** A canister's id: a counter, and two bytes that are the same for all. */
function canister(counter: number): Uint8Array {
  const id = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
  new DataView(id.buffer).setUint32(4, counter);
  return id;
}

describe('the owners of contracts', () => {
  test('are known as by a plain map, also after an upgrade, whatever the ids look like', () => {
    const id = fc.oneof(
      fc.nat(5_000).map(canister),
      fc.nat(200).map((n) => canister(n << 10)),
      // Bytes that look like the beginnings of other entries.
      fc.uint8Array({ min: 0, max: 11, minLength: 1, maxLength: 29 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.nat(99)), { maxLength: 400 }), (claims) => {
        const store = new MemoryStore();
        const owners = new Owners(store);
        const model = new Map<string, number>();
        for (const [contract, place] of claims) {
          const name = binary(contract);
          expect(owners.placeOf(contract)).toBe(model.get(name) ?? null);
          if (model.has(name)) continue;
          owners.claim(contract, place);
          model.set(name, place);
        }
        const upgraded = new Owners(store);
        for (const [contract] of claims)
          expect(upgraded.placeOf(contract)).toBe(model.get(binary(contract)));
      }),
      { numRuns: 50 },
    );
  });

  test('share buckets of bounded size, whether their ids follow each other or lie apart', () => {
    for (const step of [1, 7, 64, 1_024]) {
      const store = new MemoryStore();
      const owners = new Owners(store);
      for (let n = 0; n < 5_000; n += 1) owners.claim(canister(n * step), 3);
      expect(store.bytes / 5_000).toBeLessThan(15);
      expect(store.size).toBeGreaterThan(5_000 / 20);
      expect(store.size).toBeLessThan(5_000 / 6);
      const before = { ...store.operations };
      new Owners(store).placeOf(canister(7 * step));
      expect(store.operations.get - before.get).toBe(2);
    }
  });
});
