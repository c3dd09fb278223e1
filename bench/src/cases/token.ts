import { encoder } from '@fabrica/core/candid';
import { builtModule } from '@fabrica/testing';
import { TokenContract } from '@fabrica/token';
import {
  account,
  approveArgs,
  transferArg,
  transferFromArgs,
} from '../../../factories/token/src/fixtures/ledger.ts';
import { Ledger } from '../../../factories/token/src/model/ledger.ts';
import { transfer } from '../../../factories/token/src/model/transfer.ts';
import { instructions, type CaseGroup, type Figure } from '../figure.ts';
import { Lab, principal } from '../lab/lab.ts';
import { load } from '../lab/load.ts';
import { PreparedStore } from '../lab/prepared-store.ts';

const MINTER = principal(1_000_000);
const ALICE = principal(17);
const BOB = principal(18);
const CAROL = principal(19);
const FEE = 10n;

/** Calls of a token with a thousand accounts. */
export const token: CaseGroup = {
  name: 'token',
  heavy: false,
  run: () => measure(1_000),
};

/** The same with a hundred thousand. */
export const largeToken: CaseGroup = {
  name: 'large-token',
  heavy: true,
  run: () => measure(100_000),
};

async function measure(accounts: number): Promise<Figure[]> {
  const lab = new Lab();
  const module = builtModule('token').wasm;
  const { id, init } = await lab.launch(module, initArgument());
  await load(lab, id, module, ledgerOf(accounts));
  const call = async (method: Method, sender: Uint8Array, argument: unknown) => {
    const answer = await lab.call(TokenContract, id, method, [argument], sender);
    if (typeof answer.value === 'object' && answer.value !== null && 'Err' in answer.value) {
      throw new Error(`${method}: ${Object.keys(answer.value.Err as object)[0]}`);
    }
    return answer.instructions;
  };
  const full = () => ({
    fee: FEE,
    memo: new Uint8Array(32).fill(3),
    created_at_time: lab.network.now,
  });
  const bobsPlace = account(BOB);
  const approve = { spender: bobsPlace, amount: 1_000_000n };
  // The first calls after an upgrade also read what is then kept on the heap.
  await call('icrc1_transfer', ALICE, transferArg({ to: bobsPlace, amount: 1n }));
  await call('icrc1_transfer', ALICE, transferArg({ to: bobsPlace, amount: 2n, ...full() }));
  await call('icrc2_approve', ALICE, approveArgs(approve));

  const moved = { from: account(ALICE), to: account(CAROL), amount: 5n };
  const named = (name: string, value: number) => instructions(`token.${name}-${accounts}`, value);
  return [
    ...(accounts > 1_000 ? [] : [instructions('token.contract-init', init)]),
    named('balance-of', await call('icrc1_balance_of', BOB, account(ALICE))),
    named(
      'transfer',
      await call('icrc1_transfer', ALICE, transferArg({ to: bobsPlace, amount: 5n })),
    ),
    named(
      'transfer-full',
      await call('icrc1_transfer', ALICE, transferArg({ to: bobsPlace, amount: 6n, ...full() })),
    ),
    named('approve', await call('icrc2_approve', ALICE, approveArgs(approve))),
    named(
      'approve-full',
      await call('icrc2_approve', ALICE, approveArgs({ ...approve, ...full() })),
    ),
    named('transfer-from', await call('icrc2_transfer_from', BOB, transferFromArgs(moved))),
    named(
      'transfer-from-full',
      await call('icrc2_transfer_from', BOB, transferFromArgs({ ...moved, ...full() })),
    ),
  ];
}

type Method = keyof typeof TokenContract.methods & string;

/** A ledger in which this many accounts were each given something. */
function ledgerOf(accounts: number): PreparedStore {
  const store = new PreparedStore();
  // The keyspaces of factories/token/src/canister/contract/memory.ts.
  const memory = { store, balances: 3, allowances: 4, blocks: 5, transactions: 6 };
  const terms = { fee: FEE, minter: account(MINTER), feeCollector: null, maxSupply: null };
  const ledger = new Ledger(memory, terms);
  for (let number = 0; number < accounts; number += 1) {
    const gift = transferArg({ to: account(principal(number)), amount: 1_000_000_000n });
    const result = transfer(ledger, MINTER, gift, 0n);
    if ('Err' in result) throw new Error('The ledger refused to mint');
  }
  return store;
}

function initArgument(): Uint8Array {
  const order = {
    name: 'Gold',
    symbol: 'GLD',
    decimals: 8,
    fee: FEE,
    logo: null,
    initialBalances: [],
    maxSupply: null,
    minter: account(MINTER),
    feeCollector: null,
    description: null,
    website: null,
    pauser: null,
    archive: null,
  };
  return encoder(TokenContract.init)([{ factory: new Uint8Array(), owner: MINTER, order }]);
}
