import { complaints } from '@fabrica/testing/bench';
import { expect, inject, test } from 'vitest';

import { budgets } from '../bench/budgets.ts';
import { cases } from '../bench/cases.ts';

// Localnet counts instructions; the real PocketIC server does not tell them.
test.skipIf(inject('replicaIsReal'))('the contract stays within its budgets', async () => {
  expect(complaints(await cases.run(), budgets)).toEqual([]);
});
