import { testFactory } from '@fabrica/testing/conformance';

import { TokenContract, tokenFactory, type TokenInit } from '../src/index.ts';

testFactory(tokenFactory, {
  order: ({ owner, other }) => order([owner, other]),
  invalidOrder: {
    order: ({ owner }) => ({ ...order([owner]), symbol: '' }),
    code: 'token.symbol_length',
  },
  contractService: TokenContract,
});

function order(holders: readonly Uint8Array[]): TokenInit {
  const account = (owner: Uint8Array) => ({ owner, subaccount: null });
  return {
    name: 'Conformance Coin',
    symbol: 'CONF',
    decimals: 8,
    fee: 10_000n,
    logo: null,
    initialBalances: holders.map((holder) => ({ account: account(holder), amount: 1_000_000n })),
    maxSupply: null,
    minter: null,
    feeCollector: null,
    description: null,
    website: null,
  };
}
