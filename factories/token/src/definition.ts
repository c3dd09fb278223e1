import { defineFactory, MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';

import { tokenFacts } from './contract-facts.ts';
import { buyerNotes } from './model/buyer-notes.ts';
import { holdersAtBirth } from './model/holders.ts';
import { validateOrder } from './model/validate-order.ts';

/** The token factory: complete ICRC ledgers, indexed by creator and by holder. */
export const tokenFactory = defineFactory({
  ...tokenFacts,
  id: 'token',
  cycles: { initial: 1_000_000_000_000n, topUpBelow: 300_000_000_000n },
  validate: validateOrder,
  describe: (order) => ({ name: order.name, notes: buyerNotes(order) }),
  // The contract reports the holders beyond this bound itself, when it is installed.
  rolesAtBirth: (order) =>
    holdersAtBirth(order)
      .slice(0, MAX_HOLDERS_AT_BIRTH)
      .map((principal) => ({ role: 'holder', principal })),
});
