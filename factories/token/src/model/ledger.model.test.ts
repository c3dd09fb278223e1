import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { account, NOW, openLedger, user } from '../fixtures/ledger.ts';
import { id, ReferenceLedger } from '../fixtures/reference-ledger.ts';
import type { Account, ApproveArgs, TransferArg, TransferFromArgs } from '../standards.ts';
import { approve } from './approve.ts';
import type { Ledger, LedgerTerms } from './ledger.ts';
import { decodeTransaction } from './transaction.ts';
import { transferFrom } from './transfer-from.ts';
import { transfer } from './transfer.ts';

const owners = [user(1), user(2), user(3), Uint8Array.of(4)];
const accounts = owners.flatMap((owner) => [account(owner), account(owner, 0), account(owner, 9)]);
const minter = account(owners[0]!, 9);

const HOUR = 3_600_000_000_000n;
const owner = fc.constantFrom(...owners);
const anyAccount = fc.constantFrom(...accounts);
const subaccount = anyAccount.map((each) => each.subaccount);
const amount = fc.oneof(
  { weight: 9, arbitrary: fc.bigInt({ min: 0n, max: 120n }) },
  { weight: 1, arbitrary: fc.constantFrom(2n ** 64n, 2n ** 128n - 1n, 2n ** 128n, 2n ** 256n) },
);
const rare = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });
/** Offsets from now; few values, so that calls repeat. */
const created = rare(fc.constantFrom(-25n * HOUR, -HOUR, 0n, 60_000_000_000n, HOUR));
const common = {
  amount,
  fee: rare(fc.constantFrom(0n, 3n, 4n)),
  memo: rare(fc.constantFrom(new Uint8Array(0), new Uint8Array(32), new Uint8Array(33))),
  created_at_time: created,
};

type Step =
  | { kind: 'transfer'; caller: Uint8Array; arg: TransferArg }
  | { kind: 'approve'; caller: Uint8Array; arg: ApproveArgs }
  | { kind: 'transferFrom'; caller: Uint8Array; arg: TransferFromArgs }
  | { kind: 'wait'; time: bigint }
  | { kind: 'upgrade' }
  | { kind: 'repeat'; back: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      caller: owner,
      arg: fc.record({ ...common, from_subaccount: subaccount, to: anyAccount }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('approve' as const),
      caller: owner,
      arg: fc.record({
        ...common,
        from_subaccount: subaccount,
        spender: anyAccount,
        expected_allowance: rare(fc.constantFrom(0n, 50n, 2n ** 200n)),
        expires_at: rare(fc.constantFrom(-1n, 0n, 1n, HOUR)),
      }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('transferFrom' as const),
      caller: owner,
      arg: fc.record({
        ...common,
        spender_subaccount: subaccount,
        from: anyAccount,
        to: anyAccount,
      }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('repeat' as const), back: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      time: fc.constantFrom(1n, HOUR, 24n * HOUR, 30n * HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'upgrade' as const }) },
);

const terms: fc.Arbitrary<LedgerTerms> = fc.record({
  fee: fc.constantFrom(0n, 3n),
  minter: fc.constantFrom(minter, minter, null),
  feeCollector: fc.constantFrom(null, account(owners[1]!)),
  maxSupply: fc.constantFrom(null, 500n),
});

/** Times in steps are offsets; here they become absolute. */
function at(step: Step, now: bigint): Step {
  if (step.kind === 'wait' || step.kind === 'upgrade' || step.kind === 'repeat') return step;
  const { created_at_time } = step.arg;
  const moved = created_at_time === null ? null : created_at_time + now;
  if (step.kind === 'approve') {
    const { expires_at } = step.arg;
    const expires = expires_at === null ? null : expires_at + now;
    return { ...step, arg: { ...step.arg, created_at_time: moved, expires_at: expires } };
  }
  return { ...step, arg: { ...step.arg, created_at_time: moved } } as Step;
}

function apply(ledger: Ledger, reference: ReferenceLedger, step: Step, now: bigint) {
  switch (step.kind) {
    case 'transfer':
      return [
        transfer(ledger, step.caller, step.arg, now),
        reference.transfer(step.caller, step.arg, now),
      ];
    case 'approve':
      return [
        approve(ledger, step.caller, step.arg, now),
        reference.approve(step.caller, step.arg, now),
      ];
    case 'transferFrom':
      return [
        transferFrom(ledger, step.caller, step.arg, now),
        reference.transferFrom(step.caller, step.arg, now),
      ];
    default:
      throw new Error(`${step.kind} is not a call`);
  }
}

function compare(ledger: Ledger, reference: ReferenceLedger, now: bigint): void {
  let sum = 0n;
  for (const each of accounts) {
    const balance = ledger.balances.get(ledger.balances.key(each));
    expect(balance).toBe(reference.balance(each));
    if (each.subaccount === null || each.subaccount[0] !== 0) sum += balance;
    for (const spender of accounts) {
      const key = ledger.allowances.key(each, spender);
      expect(ledger.allowances.get(key, now)).toEqual(reference.allowance(each, spender, now));
    }
  }
  expect(ledger.blocks.supply).toBe(reference.supply);
  expect(sum).toBe(reference.supply);
  expect(BigInt(ledger.blocks.length)).toBe(reference.blocks);
}

describe('the ledger', () => {
  test('answers and holds after any calls what the standards say', { timeout: 30_000 }, () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(terms, fc.array(step, { minLength: 20, maxLength: 60 }), (given, steps) => {
        const reference = new ReferenceLedger(given);
        const opened = openLedger(given);
        let { ledger } = opened;
        let now = NOW;
        const calls: Step[] = [];
        if (given.minter !== null) {
          for (const to of [account(owners[1]!), account(owners[2]!, 9)]) {
            const arg = { ...plain, from_subaccount: given.minter.subaccount, to, amount: 200n };
            calls.push({ kind: 'transfer', caller: given.minter.owner, arg });
          }
        }
        for (const each of calls) apply(ledger, reference, each, now);
        for (const each of steps) {
          if (each.kind === 'wait') {
            now += each.time;
            ledger.recent.forget(now, 3);
          } else if (each.kind === 'upgrade') {
            ledger = openLedger(given, opened.store).ledger;
          } else {
            const call =
              each.kind === 'repeat' ? calls[calls.length - 1 - each.back] : at(each, now);
            if (call === undefined) continue;
            calls.push(call);
            const sets = opened.store.operations.set + opened.store.operations.delete;
            const [answer, expected] = apply(ledger, reference, call, now);
            expect(answer).toEqual(expected);
            const outcome = 'Ok' in answer! ? 'Ok' : Object.keys(answer!.Err)[0]!;
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
            if (outcome !== 'Ok') {
              const after = opened.store.operations.set + opened.store.operations.delete;
              expect(after, 'a refusal writes nothing').toBe(sets);
            }
          }
        }
        compare(ledger, reference, now);
        replay(ledger, given);
      }),
      { numRuns: 300 },
    );
    // The steps reach every answer the standards have.
    expect([...outcomes.keys()].sort()).toEqual([
      'AllowanceChanged',
      'BadBurn',
      'BadFee',
      'CreatedInFuture',
      'Duplicate',
      'Expired',
      'GenericError',
      'InsufficientAllowance',
      'InsufficientFunds',
      'Ok',
      'TooOld',
    ]);
  });
});

const plain = { fee: null, memo: null, created_at_time: null };

/** Balances and supply follow from the blocks alone, with no allowance overspent. */
function replay(ledger: Ledger, { feeCollector }: LedgerTerms): void {
  const balances = new Map<string, bigint>();
  const allowances = new Map<string, bigint>();
  const add = (given: Account, change: bigint): void => {
    const balance = (balances.get(id(given)) ?? 0n) + change;
    expect(balance >= 0n).toBe(true);
    balances.set(id(given), balance);
  };
  let supply = 0n;
  for (const { fee, transaction, timestamp } of ledger.blocks.slice(0, ledger.blocks.length)) {
    expect(timestamp >= NOW).toBe(true);
    const { operation, call } = decodeTransaction(transaction);
    const { from, to, spender, amount } = call;
    const pair = from !== null && spender !== null ? `${id(from)}>${id(spender)}` : '';
    if (operation === 'approve') allowances.set(pair, amount);
    else if (pair !== '' && id(from!) !== id(spender!)) {
      const rest = (allowances.get(pair) ?? 0n) - amount - fee;
      expect(rest >= 0n).toBe(true);
      allowances.set(pair, rest);
    }
    const moved = operation === 'approve' ? 0n : amount;
    if (operation === 'mint') supply += moved;
    else add(from!, -moved - fee);
    if (operation === 'burn') supply -= moved;
    else if (to !== null) add(to, moved);
    if (feeCollector === null) supply -= fee;
    else add(feeCollector, fee);
  }
  expect(supply).toBe(ledger.blocks.supply);
  for (const each of accounts) {
    expect(balances.get(id(each)) ?? 0n).toBe(ledger.balances.get(ledger.balances.key(each)));
  }
}
