import type { RoleHolder } from '@fabrica/core';

import type { WalletConfig } from '../../schemas/wallet.ts';

/** Who is indexed for a wallet now, in the order in which they became members. */
export function holdersNow({ members }: WalletConfig): RoleHolder<'signer' | 'observer'>[] {
  return members.flatMap(({ who: principal, roles }) => {
    const held: RoleHolder<'signer' | 'observer'>[] = [];
    if (roles.signer) held.push({ role: 'signer', principal });
    if (roles.observer) held.push({ role: 'observer', principal });
    return held;
  });
}
