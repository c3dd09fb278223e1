import type { Result } from '@fabrica/core';

import type { WalletInit } from '../../schemas/order.ts';
import type { Role, WalletConfig } from '../../schemas/wallet.ts';
import { refuseNames } from '../config/apply-change.ts';
import { grant } from '../config/change-members.ts';
import { refuseConfig } from '../config/refuse-config.ts';

/** The wallet that an order makes, or why it makes none. */
export function configOfOrder(order: WalletInit, now: bigint): Result<WalletConfig> {
  const { name, description, signers, observers, proposers, guardians } = order;
  const refused = refuseNames(name, description);
  if (refused !== null) return refused;
  const { threshold, timelock, lifetime, autoExecute, rules, limits, recovery } = order;
  let config: WalletConfig = {
    name,
    description: description ?? '',
    members: [],
    nextSerial: 0,
    threshold,
    timelock,
    lifetime,
    autoExecute,
    rules,
    limits,
    recovery,
    paused: null,
    revision: 0,
    createdAt: now,
  };
  const unnamed = (role: Role) => (who: Uint8Array) => ({ role, signer: { who, name: null } });
  const grants = [
    ...signers.map((signer) => ({ role: 'signer', signer }) as const),
    ...observers.map(unnamed('observer')),
    ...proposers.map(unnamed('proposer')),
    ...guardians.map(unnamed('guardian')),
  ];
  for (const { role, signer } of grants) {
    const granted = grant(config, role, signer);
    if ('Err' in granted) return granted;
    config = granted.config;
  }
  return refuseConfig(config) ?? { Ok: config };
}
