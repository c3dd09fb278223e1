import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { BlockWithId, Value } from '../../peers/ledger-log.ts';
import { orderIn } from '../saga/testing/sample-order.ts';
import { lookAtPage } from './index-page.ts';
import { readBlock } from './read-block.ts';
import { beginSearch, isExhausted, look, nextRange, PAGE, type Sight } from './search.ts';
import { wantedOf, type Wanted } from './wanted.ts';
import { MARGIN, windowOf } from './window.ts';

const HOUR = 3_600_000_000_000n;
const SELF = Uint8Array.of(50, 1, 1);
const CREATED = 1_000n * HOUR;
const wanted = wantedOf(
  orderIn('Stuck', { charge: { createdAt: CREATED, unknown: 1, block: null } }),
  SELF,
)!;

/** A block of the wanted transfer, `changes` on top; made at `at`. */
function blockOf(at: bigint, changes: Partial<Wanted> = {}, kind = 'op'): Value {
  const { from, to, spender, amount, memo, createdAt } = { ...wanted, ...changes };
  const account = (owner: Uint8Array): Value => ({ Array: [{ Blob: owner }] });
  const tx: [string, Value][] = [
    ['from', account(from.owner)],
    ['to', account(to.owner)],
    ['amt', { Nat: amount }],
    ['memo', { Blob: memo }],
    ['ts', { Nat: createdAt }],
  ];
  if (spender !== null) tx.push(['spender', account(spender)]);
  if (kind === 'op') tx.push(['op', { Text: 'xfer' }]);
  const block: [string, Value][] = [
    ['ts', { Nat: at }],
    ['tx', { Map: tx }],
  ];
  return { Map: kind === 'op' ? block : [...block, ['btype', { Text: kind }]] };
}

const other = (at: bigint): Value => blockOf(at, { memo: Uint8Array.of(1) });

/** Searches a log to the end. @returns what it came to, and how many times blocks were asked for. */
function search(log: readonly Value[], give: (most: number) => number = (most) => most) {
  let state = beginSearch(BigInt(log.length));
  if (isExhausted(state)) return { sight: { kind: 'absent' } as Sight, asked: 0 };
  for (let asked = 1; ; asked += 1) {
    const { start, length } = nextRange(state);
    expect(length).toBeGreaterThan(0n);
    const count = Math.max(1, give(Number(length)));
    const blocks = log
      .slice(Number(start), Number(start) + count)
      .map((block, at): BlockWithId => ({ id: start + BigInt(at), block }));
    const sight = look(state, blocks, wanted);
    if (sight.kind !== 'searching') return { sight, asked };
    state = sight.search;
  }
}

describe('a search among the blocks of a ledger', () => {
  test('finds the transfer wherever it lies, in few questions, and misses none', () => {
    const times = fc.array(fc.bigInt({ min: 0n, max: 3n * HOUR }), { maxLength: 300 });
    fc.assert(
      fc.property(times, fc.option(fc.nat()), fc.nat(20), (steps, place, least) => {
        let at = CREATED - 100n * HOUR;
        const log = steps.map((step) => other((at += step)));
        const { from, to } = windowOf(wanted);
        const inWindow = log.flatMap((block, n) => {
          const { at: made } = readBlock(block)!;
          return made >= from && made <= to ? [n] : [];
        });
        const there = place === null ? undefined : inWindow[place % (inWindow.length || 1)];
        if (there !== undefined) log[there] = blockOf(readBlock(log[there]!)!.at);
        const { sight, asked } = search(log, (most) => Math.min(most, least + 1));
        expect(sight).toEqual(
          there === undefined ? { kind: 'absent' } : { kind: 'found', block: BigInt(there) },
        );
        const pages = inWindow.length / Math.min(least + 1, Number(PAGE));
        expect(asked).toBeLessThanOrEqual(Math.ceil(Math.log2(log.length + 1)) + pages + 2);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['the older kind', 'op'],
    ['a transfer', '1xfer'],
    ['a transfer from', '2xfer'],
  ])('reads blocks of %s', (_, kind) => {
    expect(search([blockOf(CREATED, {}, kind)]).sight).toEqual({ kind: 'found', block: 0n });
  });

  test.each<[string, Partial<Wanted>]>([
    ['another memo', { memo: Uint8Array.of(1) }],
    ['another time', { createdAt: CREATED + 1n }],
    ['another amount', { amount: 1_001n }],
    ['another payer', { from: { owner: SELF, subaccount: null } }],
    ['another payee', { to: { owner: Uint8Array.of(9), subaccount: null } }],
    ['no spender, as the user could make himself', { spender: null }],
    ['another spender', { spender: Uint8Array.of(9) }],
  ])('takes no transfer with %s for the wanted one', (_, changes) => {
    expect(search([blockOf(CREATED, changes)]).sight).toEqual({ kind: 'absent' });
  });

  test('takes no other kind of block for a transfer', () => {
    expect(search([blockOf(CREATED, {}, '1mint')]).sight).toEqual({ kind: 'absent' });
  });

  test('concludes nothing from a log that is out of order, has gaps, or tells no times', () => {
    const broken = { kind: 'broken' };
    expect(search([other(CREATED + 1n), other(CREATED)]).sight).toMatchObject(broken);
    const one = { ...beginSearch(2n), high: 0n };
    expect(look(one, [], wanted)).toMatchObject(broken);
    expect(look(one, [{ id: 1n, block: other(CREATED) }], wanted)).toMatchObject(broken);
    expect(look(one, [{ id: 0n, block: { Map: [] } }], wanted)).toMatchObject(broken);
  });
});

describe('a search in an index', () => {
  const { from, to, amount, memo, createdAt } = wanted;
  const spender = { owner: SELF, subaccount: new Uint8Array(32) };
  const transfer = { from, to, spender, amount, memo, created_at_time: createdAt };
  const row = (id: bigint, timestamp: bigint, found: typeof transfer | null) => ({
    id,
    transaction: { timestamp, transfer: found },
  });

  test('finds the transfer, newest first, and stops where it cannot be any more', () => {
    const theirs = { ...transfer, amount: 1n };
    const page = [row(9n, CREATED + HOUR, null), row(8n, CREATED + HOUR, theirs)];
    expect(lookAtPage(page, wanted)).toEqual({ kind: 'searching', start: 8n });
    expect(lookAtPage([...page, row(7n, CREATED, transfer)], wanted)).toEqual({
      kind: 'found',
      block: 7n,
    });
    const older = row(6n, CREATED - MARGIN - 1n, null);
    expect(lookAtPage([...page, older], wanted)).toEqual({ kind: 'absent' });
    expect(lookAtPage([], wanted)).toEqual({ kind: 'absent' });
  });
});
