import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { createIdentity, PocketIc } from '@hadronous/pic';

import {
  actorFor,
  initArgument,
  installBuilt,
  type ActorFor,
} from '../../../testing/src/canisters.ts';
import { TokenContract } from '../../token/src/index.ts';
import { createWalletClient, type WalletClient } from '../src/client/index.ts';
import { WalletContract, type WalletInit } from '../src/index.ts';

export const alice = createIdentity('alice');
export const bob = createIdentity('bob');
export const carol = createIdentity('carol');
export const gina = createIdentity('gina');
export const oscar = createIdentity('oscar');
export const stranger = createIdentity('stranger');

/** Nanoseconds of an hour. */
export const HOUR = 3_600_000_000_000n;
/** Timers count whole seconds, rounded up. */
const TIMER_MILLISECONDS = 2_000;
/** What the wallet holds of the token at the start. */
export const FUNDS = 1_000_000n;
export const FEE = 10n;

export const bytesOf = (identity: Identity): Uint8Array => identity.getPrincipal().toUint8Array();

/** An order of a 2-of-3 wallet of alice, bob and carol. */
export function orderOf(fields: Partial<WalletInit> = {}): WalletInit {
  return {
    name: 'Treasury',
    description: null,
    signers: [alice, bob, carol].map((one) => ({ who: bytesOf(one), name: null })),
    observers: [bytesOf(oscar)],
    proposers: [],
    guardians: [bytesOf(gina)],
    threshold: 2,
    timelock: 0n,
    lifetime: 24n * HOUR,
    autoExecute: false,
    rules: [],
    limits: [],
    recovery: null,
    isPublic: true,
    ...fields,
  };
}

/** A wallet on a network, with a ledger on which it holds tokens. */
export interface Stage {
  readonly pic: PocketIc;
  readonly wallet: Principal;
  readonly ledger: Principal;
  readonly token: ActorFor<typeof TokenContract>;
  /** The wallet's actor for somebody. */
  as(identity: Identity): ActorFor<typeof WalletContract>;
  /** The wallet's client for somebody. */
  client(identity: Identity): WalletClient;
  /** What somebody holds of the token. */
  balanceOf(owner: Principal): Promise<bigint>;
  /** Lets timers run and messages arrive. */
  settle(): Promise<void>;
  /** Moves the clock, in nanoseconds, and far enough for timers of that time to run. */
  pass(time: bigint): Promise<void>;
}

/** Installs a wallet and a ledger. */
export async function openStage(url: string, fields: Partial<WalletInit> = {}): Promise<Stage> {
  const pic = await PocketIc.create(url);
  const sender = alice.getPrincipal();
  const create = () => pic.createCanister({ sender, cycles: 100_000_000_000_000n });
  const [wallet, ledger] = [await create(), await create()];
  const born = { factory: new Uint8Array(), owner: bytesOf(alice) };
  await installBuilt(
    pic,
    'multisig',
    wallet,
    initArgument(WalletContract, { ...born, order: orderOf(fields) }),
    sender,
  );
  await installBuilt(
    pic,
    'token',
    ledger,
    initArgument(TokenContract, { ...born, order: tokenOrder(wallet) }),
    sender,
  );
  const token = actorFor(pic, TokenContract, ledger);
  const as = (identity: Identity) => {
    const actor = actorFor(pic, WalletContract, wallet);
    actor.setIdentity(identity);
    return actor;
  };
  const settle = () => pic.tick(10);
  return {
    pic,
    wallet,
    ledger,
    token,
    as,
    client: (identity) => createWalletClient(as(identity)),
    balanceOf: (owner) => token.icrc1_balance_of({ owner, subaccount: [] }),
    settle,
    async pass(time) {
      await pic.advanceTime(Number(time / 1_000_000n) + TIMER_MILLISECONDS);
      await settle();
    },
  };
}

function tokenOrder(holder: Principal) {
  return {
    name: 'Test Token',
    symbol: 'TEST',
    decimals: 8,
    fee: FEE,
    logo: null,
    initialBalances: [
      { account: { owner: holder.toUint8Array(), subaccount: null }, amount: FUNDS },
    ],
    maxSupply: null,
    minter: null,
    feeCollector: null,
    description: null,
    website: null,
    pauser: null,
    archive: null,
  };
}
