import { encoder } from '@fabrica/core/candid';
import { MultisigFactory, WalletContract, type Action } from '@fabrica/multisig';
import type { Infer } from '@fabrica/core/candid';
import { builtModule } from '@fabrica/testing';
import { TokenContract } from '@fabrica/token';
import { instructions, type CaseGroup, type Figure } from '../figure.ts';
import { Lab, principal } from '../lab/lab.ts';

const [ALICE, BOB, CAROL, FRIEND] = [1, 2, 3, 4].map(principal) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const HOUR = 3_600_000_000_000n;

/** A wallet of two of three signers, and the one transfer that wallets are for. */
export const multisig: CaseGroup = { name: 'multisig', heavy: false, run: measure };

async function measure(): Promise<Figure[]> {
  const lab = new Lab();
  const wallet = await lab.create();
  const ledger = (await lab.launch(builtModule('token').wasm, tokenArgument(wallet))).id;
  const init = await lab.install(wallet, builtModule('multisig').wasm, walletArgument());

  const call = async (
    method: keyof typeof WalletContract.methods,
    who: Uint8Array,
    ...args: unknown[]
  ) => {
    const answer = await lab.call(WalletContract, wallet, method, args, who);
    const value = answer.value as { Ok: unknown } | { Err: { code: string } };
    if ('Err' in value) throw new Error(`${method}: ${value.Err.code}`);
    return { value: value.Ok, instructions: answer.instructions };
  };
  const propose = () => call('propose', ALICE, transferProposal(ledger));
  const approve = async (id: number) => {
    const { value } = await call('getProposal', BOB, id);
    return call('approve', BOB, id, (value as { hash: Uint8Array }).hash);
  };

  // The first proposal is carried out whole, so that what is read once is read.
  await propose();
  await approve(0);
  await call('execute', ALICE, 0);

  const proposed = await propose();
  const approved = await approve(1);
  const executed = await call('execute', ALICE, 1);
  const named = (name: string, value: number) => instructions(`multisig.${name}`, value);
  const whitelist = encoder(MultisigFactory.init)([{ administrators: [ALICE], gateways: [] }]);
  const factory = await lab.launch(builtModule('multisig_factory').wasm, whitelist);
  return [
    named('factory-init', factory.init),
    named('wallet-init', init),
    named('propose', proposed.instructions),
    named('approve', approved.instructions),
    named('execute-transfer', executed.instructions),
  ];
}

function transferProposal(ledger: Uint8Array) {
  const to = { owner: FRIEND, subaccount: null };
  const transfer = { ledger, fromSubaccount: null, to, amount: 5n, fee: null, memo: null };
  const action: Infer<typeof Action> = { Transfer: transfer };
  const texts = { title: 'Wages', description: 'For June' };
  return { ...texts, actions: [action], recovery: false, autoExecute: null };
}

function walletArgument(): Uint8Array {
  const order = {
    name: 'Treasury',
    description: null,
    signers: [ALICE, BOB, CAROL].map((who) => ({ who, name: null })),
    observers: [],
    proposers: [],
    guardians: [],
    threshold: 2,
    timelock: 0n,
    lifetime: 24n * HOUR,
    autoExecute: false,
    rules: [],
    limits: [],
    recovery: null,
    isPublic: true,
  };
  return encoder(WalletContract.init)([{ factory: new Uint8Array(), owner: ALICE, order }]);
}

function tokenArgument(holder: Uint8Array): Uint8Array {
  const order = {
    name: 'Gold',
    symbol: 'GLD',
    decimals: 8,
    fee: 10n,
    logo: null,
    initialBalances: [{ account: { owner: holder, subaccount: null }, amount: 1_000_000n }],
    maxSupply: null,
    minter: null,
    feeCollector: null,
    description: null,
    website: null,
    pauser: null,
    archive: null,
  };
  return encoder(TokenContract.init)([{ factory: new Uint8Array(), owner: ALICE, order }]);
}
