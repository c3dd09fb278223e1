import { binary, concat, keyspaces, type MemoryStore } from '@fabrica/core/store';
import { decoder, encoder } from '@fabrica/core/candid';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  account,
  approveArgs,
  NOW,
  openLedger,
  transferArg,
  transferFromArgs,
  user,
} from '../fixtures/ledger.ts';
import { GetBlocksResult, type Value } from '../icrc3-schema.ts';
import type { Account } from '../standards.ts';
import { accountTransactions } from './account-transactions.ts';
import { accountKey } from './account.ts';
import { approve } from './approve.ts';
import { Followers, listHolders } from './followers.ts';
import type { Ledger } from './ledger.ts';
import { getBlocks } from './icrc3/get-blocks.ts';
import { SealedLog } from './icrc3/sealed-log.ts';
import { listAllowances } from './list-allowances.ts';
import { decodeTransaction } from './transaction.ts';
import { transferFrom } from './transfer-from.ts';
import { transfer } from './transfer.ts';

const owners = [user(1), user(2), user(3), user(4)];
const accounts = owners.flatMap((owner) => [account(owner), account(owner, 9)]);
const minter = account(user(9));
const collector = account(user(4), 9);
const SPENDERS = Array.from({ length: 70 }, (_, number) => account(user(20 + number)));

const anyAccount = fc.constantFrom(...accounts);
const amount = fc.constantFrom(0n, 1n, 7n, 40n, 97n, 100n);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('mint' as const), to: anyAccount, amount }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      from: anyAccount,
      to: anyAccount,
      amount,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('burn' as const), from: anyAccount, amount }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('approve' as const),
      from: anyAccount,
      spender: fc.oneof(anyAccount, fc.constantFrom(...SPENDERS)),
      amount,
      expires: fc.option(fc.constant(NOW + 50n)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('spend' as const),
      from: anyAccount,
      to: anyAccount,
      spender: anyAccount,
      amount,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('follow' as const),
      limit: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'upgrade' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function apply(ledger: Ledger, given: Step, now: bigint): void {
  if (given.kind === 'mint') {
    transfer(ledger, minter.owner, transferArg({ to: given.to, amount: given.amount }), now);
  } else if (given.kind === 'send' || given.kind === 'burn') {
    const to = given.kind === 'send' ? given.to : minter;
    const { owner, subaccount } = given.from;
    transfer(
      ledger,
      owner,
      transferArg({ from_subaccount: subaccount, to, amount: given.amount }),
      now,
    );
  } else if (given.kind === 'approve') {
    const { from, spender, expires } = given;
    const arg = {
      from_subaccount: from.subaccount,
      spender,
      amount: given.amount,
      expires_at: expires,
    };
    approve(ledger, from.owner, approveArgs(arg), now);
  } else if (given.kind === 'spend') {
    const { from, to, spender } = given;
    const arg = { spender_subaccount: spender.subaccount, from, to, amount: given.amount };
    transferFrom(ledger, spender.owner, transferFromArgs(arg), now);
  }
}

describe('what follows the block log', () => {
  test('comes to the same as the blocks, in batches of any size', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 30, maxLength: 150, size: 'max' }),
        fc.constantFrom(null, collector),
        (steps, feeCollector) => {
          const terms = { fee: 3n, minter, feeCollector };
          const opened = openLedger(terms);
          const spaces = keyspaces(opened.store, { sealed: 7, subaccounts: 10, allowanceList: 11 });
          const follow = (ledger: Ledger) => {
            const sealed = new SealedLog(spaces.sealed);
            const memory = { store: opened.store, history: 8, holders: 9, ...spaces, sealed };
            return new Followers(memory, ledger);
          };
          let { ledger } = opened;
          let followers = follow(ledger);
          followers.holders.members.advance(null);
          const holders = new Set<string>();
          const take = (limit: number) => {
            for (const { kind, user: each } of followers.follow(limit, now)) {
              const known = holders.has(binary(each));
              expect(kind, 'only the first and the last touch').toBe(
                known ? 'RoleRemoved' : 'RoleAdded',
              );
              if (known) holders.delete(binary(each));
              else holders.add(binary(each));
            }
          };
          let now = NOW;
          for (const each of steps) {
            now += 1n;
            if (each.kind === 'follow') take(each.limit);
            else if (each.kind === 'upgrade') {
              ledger = openLedger(terms, opened.store).ledger;
              followers = follow(ledger);
            } else apply(ledger, each, now);
          }
          take(1_000);
          expect(followers.behind).toBe(0);
          expect(holders).toEqual(holdersIn(ledger));
          expect(listedHolders(followers)).toEqual([...holders].sort());
          forgetList(opened.store, ledger);
          followers = follow(ledger);
          expect(followers.holders.page(0, 10), 'a token of 0.1.0 cannot tell yet').toBeNull();
          while (listHolders(followers, ledger));
          expect(listedHolders(followers)).toEqual([...holders].sort());
          for (const each of accounts) expectHistory(ledger, followers, each);
          expectReplay(ledger, followers, feeCollector, now);
          for (const owner of owners) expectAllowances(ledger, followers, owner, now);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** In pages of 3, sorted. */
function listedHolders({ holders }: Followers): string[] {
  const listed: string[] = [];
  for (;;) {
    const page = holders.page(listed.length, 3);
    if (page === null) throw new Error('The list is not complete');
    listed.push(...page.map(binary));
    if (page.length < 3) return listed.sort();
  }
}

/** Leaves of holders what 0.1.0 kept of them: how many accounts each has. */
function forgetList(store: MemoryStore, ledger: Ledger): void {
  store.delete(Uint8Array.of(9, 0xfe));
  for (const { owner } of [...accounts, ...(ledger.feeCollector ? [ledger.feeCollector] : [])]) {
    const key = concat(Uint8Array.of(9, 0xff), owner);
    const bytes = store.get(key);
    if (bytes !== null) store.set(key, bytes.slice(0, 4));
  }
}

function holdersIn(ledger: Ledger): Set<string> {
  const holding = accounts.filter((each) => ledger.balances.get(ledger.balances.key(each)) > 0n);
  return new Set(holding.map(({ owner }) => binary(owner)));
}

const id = (given: Account) => binary(accountKey(0, given));

function expectHistory(ledger: Ledger, followers: Followers, given: Account): void {
  const expected: bigint[] = [];
  for (const [index, { transaction }] of ledger.blocks.slice(0, ledger.blocks.length).entries()) {
    const { operation, call } = decodeTransaction(transaction);
    const sides =
      operation === 'approve'
        ? [call.from]
        : operation === 'mint'
          ? [call.to]
          : [call.from, call.to];
    if (sides.some((side) => side !== null && id(side) === id(given)))
      expected.unshift(BigInt(index));
  }
  const found: bigint[] = [];
  for (let start: bigint | null = null; ; start = found.at(-1)!) {
    const args = { account: given, start, max_results: 7n };
    const page = accountTransactions(ledger, followers, args);
    if ('Err' in page) throw new Error(page.Err.message);
    expect(page.Ok.oldest_tx_id).toBe(expected.at(-1) ?? null);
    expect(page.Ok.balance).toBe(ledger.balances.get(ledger.balances.key(given)));
    found.push(...page.Ok.transactions.map((each) => each.id));
    if (page.Ok.transactions.length < 7) break;
  }
  expect(found).toEqual(expected);
  const subaccounts = followers.subaccounts.read(given.owner, null, 100).map(binary);
  expect(subaccounts.includes(binary(given.subaccount ?? new Uint8Array(32)))).toBe(
    expected.length > 0,
  );
}

/** ICRC-103: in the order of (account, spender), with no active allowance left out. */
function expectAllowances(
  ledger: Ledger,
  followers: Followers,
  owner: Uint8Array,
  now: bigint,
): void {
  const order = (from: Account, spender: Account) =>
    binary(
      concat(
        from.subaccount ?? new Uint8Array(32),
        spender.owner,
        new Uint8Array(29 - spender.owner.length),
        spender.subaccount ?? new Uint8Array(32),
      ),
    );
  const expected: string[] = [];
  for (const from of accounts.filter((each) => each.owner === owner)) {
    for (const spender of [...accounts, ...SPENDERS]) {
      const { allowance } = ledger.allowances.get(ledger.allowances.key(from, spender), now);
      if (allowance > 0n) expected.push(order(from, spender));
    }
  }
  const found: string[] = [];
  let [from_account, prev_spender]: [Account, Account | null] = [account(owner), null];
  for (;;) {
    const args = { from_account, prev_spender, take: 5n };
    const page = listAllowances(followers.allowances, user(99), args, now);
    if ('Err' in page) throw new Error('refused');
    found.push(...page.Ok.map((each) => order(each.from_account, each.to_spender)));
    const last = page.Ok.at(-1);
    if (page.Ok.length < 5 || last === undefined) break;
    [from_account, prev_spender] = [last.from_account, last.to_spender];
  }
  expect(found).toEqual(expected.sort());
}

type Fields = ReadonlyMap<string, Value>;
const encodeBlocks = encoder([GetBlocksResult]);
const decodeBlocks = decoder([GetBlocksResult]);

/** Balances, allowances and supply follow from what ICRC-3 returns alone, by the standard's schema of blocks. */
function expectReplay(
  ledger: Ledger,
  followers: Followers,
  feeCollector: Account | null,
  now: bigint,
): void {
  const balances = new Map<string, bigint>();
  const allowances = new Map<string, { left: bigint; expires: bigint | null }>();
  const add = (name: string, change: bigint) =>
    balances.set(name, (balances.get(name) ?? 0n) + change);
  let supply = 0n;
  for (const block of returnedBlocks(followers)) {
    const tx = fieldsOf(block.get('tx'));
    const op = textOf(tx.get('op'));
    const [from, to, spender] = ['from', 'to', 'spender'].map((name) => accountOf(tx.get(name)));
    const given = natOf(tx.get('amt')) ?? 0n;
    const fee = natOf(block.get('fee')) ?? natOf(tx.get('fee')) ?? 0n;
    const pair = `${from}>${spender}`;
    if (op === 'approve') {
      allowances.set(pair, { left: given, expires: natOf(tx.get('expires_at')) });
    } else if (spender !== undefined && spender !== from) {
      const allowance = allowances.get(pair);
      if (allowance !== undefined) allowance.left -= given + fee;
    }
    const moved = op === 'approve' ? 0n : given;
    if (op === 'mint') supply += moved;
    else add(from!, -moved - fee);
    if (op === 'burn') supply -= moved;
    else if (to !== undefined) add(to, moved);
    if (feeCollector === null) supply -= fee;
    else add(id(feeCollector), fee);
  }
  expect(supply).toBe(ledger.blocks.supply);
  for (const each of accounts) {
    expect(balances.get(id(each)) ?? 0n).toBe(ledger.balances.get(ledger.balances.key(each)));
    for (const spender of [...accounts, ...SPENDERS]) {
      const kept = ledger.allowances.get(ledger.allowances.key(each, spender), now);
      const replayed = allowances.get(`${id(each)}>${id(spender)}`);
      const active = replayed !== undefined && (replayed.expires ?? now + 1n) > now;
      expect(active ? replayed.left : 0n).toBe(kept.allowance);
    }
  }
}

/** Every block, page by page, as a client decodes them. */
function returnedBlocks({ sealed }: Followers): Fields[] {
  const blocks: Fields[] = [];
  while (blocks.length < sealed.length) {
    const ranges = [{ start: BigInt(blocks.length), length: 30n }];
    const decoded = decodeBlocks(encodeBlocks([getBlocks(sealed, [], ranges)]));
    if (!decoded.ok) throw new Error(decoded.reason);
    blocks.push(...decoded.values[0].blocks.map(({ block }) => fieldsOf(block)));
  }
  return blocks;
}

function fieldsOf(value: Value | undefined): Fields {
  if (value === undefined || !('Map' in value)) throw new Error('Not a map');
  return new Map(value.Map);
}

function textOf(value: Value | undefined): string | null {
  return value !== undefined && 'Text' in value ? value.Text : null;
}

function natOf(value: Value | undefined): bigint | null {
  return value !== undefined && 'Nat' in value ? value.Nat : null;
}

function accountOf(value: Value | undefined): string | undefined {
  if (value === undefined || !('Array' in value)) return undefined;
  const [owner, subaccount = null] = value.Array.map((item) => ('Blob' in item ? item.Blob : null));
  return id({ owner: owner!, subaccount });
}
