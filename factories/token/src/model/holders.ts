import { binary } from '@fabrica/core/store';

import type { TokenInit } from '../order-schema.ts';

/** The principals that hold tokens when the token is born, each once, in the order of the balances. */
export function holdersAtBirth({ initialBalances }: TokenInit): readonly Uint8Array[] {
  const holders = new Map<string, Uint8Array>();
  for (const { account } of initialBalances) holders.set(binary(account.owner), account.owner);
  return [...holders.values()];
}
