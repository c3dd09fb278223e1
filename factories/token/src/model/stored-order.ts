import { migration, stored } from '@fabrica/core/store';

import { TokenInit, TokenInitV1 } from '../order-schema.ts';

/** How a ledger keeps the order it was made from; tokens of 0.1.0 can neither be paused nor archive. */
export const storedOrder = stored(2, TokenInit, {
  1: migration(TokenInitV1, (old) => ({ ...old, pauser: null, archive: null })),
});
