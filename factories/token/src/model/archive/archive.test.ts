import { MemoryStore } from '@fabrica/core/store';
import { decoder, encoder } from '@fabrica/core/candid';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { SLICE } from '../../archive-schema.ts';
import { account, alice, user } from '../../fixtures/ledger.ts';
import { GetBlocksResult } from '../../icrc3-schema.ts';
import type { Block } from '../block-log.ts';
import { getBlocks } from '../icrc3/get-blocks.ts';
import { SealedLog } from '../icrc3/sealed-log.ts';
import { encodeTransaction } from '../transaction.ts';
import type { Archive } from './archive-book.ts';
import { getArchives } from './get-archives.ts';
import { nextMove } from './next-move.ts';
import { receive } from './receive.ts';

const BLOCKS: readonly Block[] = Array.from({ length: 200 }, (_, at) => ({
  timestamp: BigInt(at + 1),
  fee: 0n,
  transaction: encodeTransaction('mint', {
    from: null,
    to: account(alice),
    spender: null,
    amount: BigInt(at + 1),
    fee: null,
    memo: null,
    createdAt: null,
    expectedAllowance: null,
    expiresAt: null,
  }),
}));

function sealedLog(blocks: readonly Block[]): SealedLog {
  const log = new SealedLog(new MemoryStore());
  log.append(blocks);
  return log;
}

const whole = sealedLog(BLOCKS);
const slice = (from: number, count = SLICE) => ({
  from,
  parent: whole.parentOf(from),
  blocks: BLOCKS.slice(from, from + count),
});

const encode = encoder([GetBlocksResult]);
const decode = decoder([GetBlocksResult]);
type Range = Parameters<typeof getBlocks>[2][number];

function read(log: SealedLog, archives: readonly Archive[], ranges: readonly Range[]) {
  const decoded = decode(encode([getBlocks(log, archives, ranges)]));
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.values[0];
}

describe('an archive', () => {
  test('holds what the ledger sealed, whatever comes twice, too early or after another block', () => {
    const calls = fc.array(fc.nat({ max: 8 }), { minLength: 5, maxLength: 25 });
    fc.assert(
      fc.property(fc.constantFrom(0, 32, 64), calls, (start, order) => {
        const log = new SealedLog(new MemoryStore());
        receive(log, slice(start));
        for (const place of order) receive(log, slice(start + 16 * place));
        expect(receive(log, { ...slice(log.length), parent: new Uint8Array(32) })).toBe(false);
        expect([log.first, log.tip?.hash]).toEqual([start, whole.parentOf(log.length)]);
        const from = { start: BigInt(start), length: 100n };
        const { blocks } = read(log, [], [from]);
        expect(blocks).toEqual(read(whole, [], [from]).blocks.slice(0, blocks.length));
      }),
      { numRuns: 10 },
    );
  });

  test('takes nothing where a block differs, as the hash before would', () => {
    const log = new SealedLog(new MemoryStore());
    const [first, ...rest] = BLOCKS.slice(0, SLICE);
    const forged = { ...first!, timestamp: 7n };
    expect(receive(log, { from: 0, parent: null, blocks: [forged, ...rest] })).toBe(true);
    expect(log.tip?.hash).not.toEqual(whole.parentOf(SLICE));
    expect(receive(log, slice(SLICE))).toBe(false);
  });
});

describe('a ledger with archives', () => {
  const archives = [32, 96].map((end, at) => ({ canister: user(at), start: end === 32 ? 0 : 32 }));
  const log = sealedLog(BLOCKS);
  log.drop(96);

  test('names for any ranges every block once, its own or in an archive', () => {
    const range = fc.record({ start: fc.nat({ max: 220 }), length: fc.nat({ max: 250 }) });
    fc.assert(
      fc.property(fc.array(range, { maxLength: 4 }), (ranges) => {
        const asked = ranges.map(({ start, length }) => ({
          start: BigInt(start),
          length: BigInt(length),
        }));
        const answer = read(log, archives, asked);
        const wanted = ranges.flatMap(({ start, length }) =>
          Array.from({ length }, (_, at) => start + at).filter((index) => index < BLOCKS.length),
        );
        const own = wanted.filter((index) => index >= 96).slice(0, 100);
        expect(answer.blocks.map(({ id }) => Number(id))).toEqual(own);
        for (const [at, { canister, start }] of archives.entries()) {
          const end = archives[at + 1]?.start ?? 96;
          const there = answer.archived_blocks
            .filter(({ callback }) => String(callback.principal) === String(canister))
            .flatMap(({ args }) => args)
            .flatMap((arg) =>
              Array.from({ length: Number(arg.length) }, (_, index) => Number(arg.start) + index),
            );
          expect(there).toEqual(wanted.filter((index) => index >= start && index < end));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('bounds the ranges that it names', () => {
    const ranges = Array.from({ length: 100 }, () => ({ start: 0n, length: 200n }));
    const named = read(log, archives, ranges).archived_blocks.flatMap(({ args }) => args);
    expect(named).toHaveLength(100);
  });

  test('lists them in order, from any on, and none that is still empty', () => {
    const made = [...archives, { canister: user(2), start: 96 }];
    const listed = getArchives(made, 96, null);
    expect(listed.map(({ start, end }) => [start, end])).toEqual([
      [0n, 31n],
      [32n, 95n],
    ]);
    expect(getArchives(made, 96, user(0))).toEqual(listed.slice(1));
    expect(getArchives(made, 96, user(2))).toEqual([]);
  });

  test('moves a slice when it keeps enough, and makes an archive when the last is full', () => {
    const options = { keep: 100, capacity: 64 };
    const archive = { canister: user(1), start: 0 };
    expect(nextMove({ first: 0, length: 131 }, [], options)).toEqual({ kind: 'rest' });
    expect(nextMove({ first: 0, length: 132 }, [], options)).toEqual({ kind: 'make', start: 0 });
    const fill = { kind: 'fill', archive, from: 32 };
    expect(nextMove({ first: 32, length: 164 }, [archive], options)).toEqual(fill);
    const make = { kind: 'make', start: 64 };
    expect(nextMove({ first: 64, length: 196 }, [archive], options)).toEqual(make);
  });

  test('knows the hash before each block it holds, also after an upgrade', () => {
    const store = new MemoryStore();
    const before = new SealedLog(store);
    before.append(BLOCKS);
    before.drop(48);
    const after = new SealedLog(store);
    expect([after.first, after.length]).toEqual([48, 200]);
    for (const index of [48, 49, 63, 64, 199, 200]) {
      expect(after.parentOf(index)).toEqual(whole.parentOf(index));
    }
    expect(() => after.parentOf(47)).toThrow('sealed block 47');
  });
});
