import { accountOf, actorFor, paid, transferOf } from '@fabrica/testing';
import { testFactory, type OwnedContract } from '@fabrica/testing/conformance';
import type { Principal } from '@dfinity/principal';

import { TokenContract, tokenFactory, type TokenInit } from '../src/index.ts';

const FEE = 10_000n;
const GIFT = 50_000n;
/** Of an order: a block each. */
const HOLDERS = 2;

testFactory(tokenFactory, {
  order: ({ owner, other }) => order([owner, other]),
  invalidOrder: {
    order: ({ owner }) => ({ ...order([owner]), symbol: '' }),
    code: 'token.symbol_length',
  },
  contractService: TokenContract,
  async state({ pic, id, owner }) {
    const token = actorFor(pic, TokenContract, id);
    // Blocks are sealed within seconds; the state is the one in which they are.
    while ((await token.status()).num_blocks_synced < BigInt(HOLDERS)) {
      await pic.advanceTime(1_000);
      await pic.tick(2);
    }
    return {
      metadata: await token.icrc1_metadata(),
      supply: await token.icrc1_total_supply(),
      balance: await token.icrc1_balance_of(accountOf(owner.principal)),
      blocks: await token.icrc3_get_blocks([{ start: 0n, length: 10n }]),
    };
  },
  roleChanges: [
    {
      role: 'holder',
      add: ({ owner, ...token }, user) => transfer(token, owner.principal, user, GIFT),
      remove: ({ owner, ...token }, user) => transfer(token, user, owner.principal, GIFT - FEE),
    },
  ],
});

/** Moves tokens; what is sent and the fee are all that a former holder had. */
async function transfer(
  { pic, id }: Pick<OwnedContract, 'pic' | 'id'>,
  from: Principal,
  to: Principal,
  amount: bigint,
): Promise<void> {
  const token = actorFor(pic, TokenContract, id);
  token.setPrincipal(from);
  paid(await token.icrc1_transfer(transferOf(to, amount)));
}

function order(holders: readonly Uint8Array[]): TokenInit {
  const account = (owner: Uint8Array) => ({ owner, subaccount: null });
  return {
    name: 'Conformance Coin',
    symbol: 'CONF',
    decimals: 8,
    fee: FEE,
    logo: null,
    initialBalances: holders.map((holder) => ({ account: account(holder), amount: 1_000_000n })),
    maxSupply: null,
    minter: null,
    feeCollector: null,
    description: null,
    website: null,
    pauser: null,
    archive: null,
  };
}
