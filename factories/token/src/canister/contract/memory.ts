import { openMemory } from '@fabrica/core/canister';
import { keyspaces } from '@fabrica/core/store';

import type { FollowerMemory } from '../../model/followers.ts';
import { SealedLog } from '../../model/icrc3/sealed-log.ts';
import type { LedgerMemory } from '../../model/ledger.ts';

/** What lies where in the contract's stable memory. Append-only: numbers are part of the stored data. */
const numbers = {
  identity: 0,
  outbox: 1,
  order: 2,
  balances: 3,
  allowances: 4,
  blocks: 5,
  transactions: 6,
  sealed: 7,
  history: 8,
  holders: 9,
  subaccounts: 10,
  allowanceList: 11,
  authority: 12,
  paused: 13,
  archives: 14,
} as const;

const store = openMemory();

/** The keyspaces of the contract's stable memory. */
export const space = keyspaces(store, numbers);

/** The ledger's part of it. */
export const ledgerMemory: LedgerMemory = { store, ...numbers };

/** The blocks as ICRC-3 returns them: a ledger's newest, or an archive's. */
export const sealed = new SealedLog(space.sealed);

/** The part of what follows the block log. */
export const followerMemory: FollowerMemory = {
  store,
  history: numbers.history,
  holders: numbers.holders,
  sealed,
  subaccounts: space.subaccounts,
  allowanceList: space.allowanceList,
};
