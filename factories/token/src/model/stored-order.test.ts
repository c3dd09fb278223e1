import { stored } from '@fabrica/core/store';
import { expect, test } from 'vitest';

import { account, user } from '../fixtures/ledger.ts';
import { TokenInitV1 } from '../order-schema.ts';
import { storedOrder } from './stored-order.ts';

const first = {
  name: 'Gold',
  symbol: 'GLD',
  decimals: 8,
  fee: 10n,
  logo: null,
  initialBalances: [{ account: account(user(1)), amount: 5n }],
  maxSupply: 100n,
  minter: account(user(2), 3),
  feeCollector: null,
  description: 'Of the first release',
  website: null,
};

test('an order stored by 0.1.0 reads as one of a token that neither pauses nor archives', () => {
  const read = storedOrder.decode(stored(1, TokenInitV1).encode(first));
  expect(read).toEqual({ ...first, pauser: null, archive: null });
});

test('an order is read as it was stored', () => {
  const order = { ...first, pauser: user(4), archive: { keep: 100, capacity: 1_000 } };
  expect(storedOrder.decode(storedOrder.encode(order))).toEqual(order);
});
