import { contractBase } from '@fabrica/core/canister';

import { tokenFacts } from '../../contract-facts.ts';
import { followers } from './ledger.ts';
import { space } from './memory.ts';

/** The kernel's part of the contract: its bond with the factory that made it. */
export const base = contractBase(tokenFacts, space, {
  holders: (from, limit) =>
    followers()
      .holders.page(from, limit)
      ?.map((principal) => ({ role: 'holder', principal })) ?? null,
});
