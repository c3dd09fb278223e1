import { Cbor, lookup_path, LookupPathStatus, reconstruct, type HashTree } from '@dfinity/agent';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTipLeaf, TIP_LABEL, tipRoot, tipWitness } from './hash-tree.ts';

const tip = fc.record({
  length: fc.nat({ max: 2 ** 32 - 1 }),
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

describe('the certified tree', () => {
  test('an agent reads our witness, and comes to our root', async () => {
    await fc.assert(
      fc.asyncProperty(tip, async (tip) => {
        const tree = Cbor.decode<HashTree>(tipWitness(tip));
        expect(new Uint8Array(await reconstruct(tree))).toEqual(tipRoot(tip));
        const found = lookup_path([TIP_LABEL], tree);
        expect(found.status).toBe(LookupPathStatus.Found);
        expect(readTipLeaf((found as { value: Uint8Array }).value)).toEqual(tip);
      }),
      { numRuns: 30 },
    );
  });

  test('a leaf of another size states no tip', () => {
    expect(readTipLeaf(new Uint8Array(35))).toBe(null);
  });
});
