import { expect, test } from 'vitest';

import { emptyBook } from './books.ts';
import { judge, solvencyBook } from './solvency.ts';

const nothing = solvencyBook(emptyBook(Uint8Array.of(1)), { leaving: 0n, withdrawn: 0n });
const at = (changes: object) => ({ ...nothing, ...changes });
const still = at({ inFlight: 5n, earned: 10n });
const refunding = at({ earned: 10n, owed: 5n });

test.each([
  ['all that is booked is held', still, still, 15n, { booked: 15n, solvent: true, exact: true }],
  [
    'more is held, which someone sent',
    still,
    still,
    16n,
    { booked: 15n, solvent: true, exact: true },
  ],
  ['less is held', still, still, 14n, { booked: 15n, solvent: false, exact: true }],
  [
    'a refund may have left already',
    refunding,
    refunding,
    10n,
    { booked: 15n, solvent: true, exact: false },
  ],
  [
    'a refund cannot explain what is missing',
    refunding,
    refunding,
    9n,
    { booked: 15n, solvent: false, exact: false },
  ],
  [
    'a withdrawal may have left already',
    at({ earned: 5n, leaving: 10n }),
    at({ earned: 5n, leaving: 10n }),
    5n,
    { booked: 15n, solvent: true, exact: false },
  ],
  [
    'a charge was booked while the ledger was asked',
    at({ earned: 10n, pending: 5n }),
    at({ earned: 10n, inFlight: 5n }),
    10n,
    { booked: 15n, solvent: true, exact: false },
  ],
])('%s', (_, before, after, held, verdict) => {
  expect(judge(before, after, held)).toEqual(verdict);
});
