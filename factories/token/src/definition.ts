import { defineFactory, MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';

import { buyerNotes } from './model/buyer-notes.ts';
import { holdersAtBirth } from './model/holders.ts';
import { validateOrder } from './model/validate-order.ts';
import { TokenInit } from './order-schema.ts';

/** The token factory: ICRC-1 and ICRC-2 ledgers, indexed by creator and by holder. */
export const tokenFactory = defineFactory({
  id: 'token',
  version: '0.1.0',
  roles: ['holder'],
  init: TokenInit,
  cycles: { initial: 1_000_000_000_000n, topUpBelow: 300_000_000_000n },
  validate: validateOrder,
  describe: (order) => ({ name: order.name, notes: buyerNotes(order) }),
  // The contract reports the holders beyond this bound itself, when it is installed.
  rolesAtBirth: (order) =>
    holdersAtBirth(order)
      .slice(0, MAX_HOLDERS_AT_BIRTH)
      .map((principal) => ({ role: 'holder', principal })),
});
