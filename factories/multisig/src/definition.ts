import { defineFactory, MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';

import { buyerNotes } from './model/order/buyer-notes.ts';
import { holdersAtBirth } from './model/order/holders.ts';
import { validateOrder } from './model/order/validate-order.ts';
import { WalletInit } from './schemas/order.ts';

/** The multisig factory: wallets that act when enough of their signers say so. */
export const multisigFactory = defineFactory({
  id: 'multisig',
  version: '0.1.0',
  roles: ['signer', 'observer'],
  statuses: ['active', 'paused'],
  init: WalletInit,
  cycles: { initial: 1_000_000_000_000n, topUpBelow: 300_000_000_000n },
  validate: validateOrder,
  describe: (order, { owner }) => ({ name: order.name, notes: buyerNotes(order, owner) }),
  // The contract reports those beyond this bound itself, when it is installed.
  rolesAtBirth: (order) => holdersAtBirth(order).slice(0, MAX_HOLDERS_AT_BIRTH),
});
