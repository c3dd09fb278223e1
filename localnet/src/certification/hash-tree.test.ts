import { decode } from 'cborg';
import { lookup_path } from '@dfinity/agent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type HashTree, rootHash } from './hash-tree.ts';
import { labelOf, natLeaf, node, path, type StateNode, textLeaf } from './state-tree.ts';
import { witness } from './witness.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe("the interface specification's example tree", () => {
  const ROOT = 'eb5c5b2195e62d996b84c9bcc8259d19a83786a2f59e0878cec84c811f669aa0';
  const WHOLE =
    '8301830183024161830183018302417882034568656c6c6f810083024179820345776f726c64' +
    '83024162820344676f6f648301830241638100830241648203476d6f726e696e67';
  const PRUNED =
    '83018301830241618301820458201b4feff9bef8131788b0c9dc6dbad6e81e524249c879e9f10f71ce3749f5a638' +
    '83024179820345776f726c6483024162820458207b32ac0c6ba8ce35ac82c255fc7906f7fc130dab2a090f80fe12f9c2cae83ba6' +
    '830182045820ec8324b8a1f1ac16bd2e806edba78006479c9877fed4eb464a25485465af601d8302416482034' +
    '76d6f726e696e67';

  it.each([
    ['whole', WHOLE],
    ['pruned', PRUNED],
  ])('has its root hash, %s', (_, tree) => {
    expect(hex(rootHash(decode(Buffer.from(tree, 'hex')) as HashTree))).toBe(ROOT);
  });
});

describe('a witness', () => {
  const state = node([
    ['b', node([['x', textLeaf('1')]])],
    ['a', textLeaf('2')],
    ['d', node([])],
    ['e', textLeaf('3')],
  ]);

  it('has the root hash of the whole, whatever it shows', () => {
    const root = hex(rootHash(witness(state, [[]])));
    for (const paths of [[], [path('a')], [path('b', 'x'), path('zz')], [path('d', 'y')]]) {
      expect(hex(rootHash(witness(state, paths)))).toBe(root);
    }
  });

  it('shows what is there, and proves what is not', () => {
    const tree = witness(state, [path('b', 'x'), path('c'), path('d', 'y'), path('f')]);
    expect(look(tree, 'b', 'x')).toMatchObject({ status: 'Found', value: textLeaf('1') });
    expect(look(tree, 'c').status).toBe('Absent');
    expect(look(tree, 'd', 'y').status).toBe('Absent');
    expect(look(tree, 'f').status).toBe('Absent');
    expect(look(tree, 'a').status).toBe('Unknown');
  });

  it('agrees with what agents look up in it, for any state and paths', () => {
    const label = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const tree = fc.letrec<{ node: StateNode; leaf: Uint8Array }>((tie) => ({
      leaf: fc.uint8Array({ maxLength: 4 }),
      node: fc
        .array(fc.tuple(label, fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('node'))), {
          maxLength: 5,
        })
        .map(node),
    })).node;
    const paths = fc.array(fc.array(label, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(tree, paths, (whole, asked) => {
        const shown = witness(
          whole,
          asked.map((one) => path(...one)),
        );
        expect(hex(rootHash(shown))).toBe(hex(rootHash(witness(whole, [[]]))));
        const wholeTree = witness(whole, [[]]);
        for (const one of asked) {
          const here = look(shown, ...one);
          const there = look(wholeTree, ...one);
          expect(here).toEqual(there);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('numbers', () => {
  it.each([
    [0n, '00'],
    [127n, '7f'],
    [624_485n, 'e58e26'],
  ])('%s are LEB128', (value, encoded) => {
    expect(hex(natLeaf(value))).toBe(encoded);
  });
});

function look(tree: HashTree, ...labels: string[]) {
  return lookup_path(labels.map(labelOf), tree as never);
}
