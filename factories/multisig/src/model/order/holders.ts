import type { RoleHolder } from '@fabrica/core';

import type { WalletInit } from '../../schemas/order.ts';

/** Who is indexed for a wallet when it is born: signers, then observers. */
export function holdersAtBirth({
  signers,
  observers,
}: WalletInit): readonly RoleHolder<'signer' | 'observer'>[] {
  return [
    ...signers.map(({ who }) => ({ role: 'signer', principal: who }) as const),
    ...observers.map((who) => ({ role: 'observer', principal: who }) as const),
  ];
}
