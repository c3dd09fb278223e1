import { createHash } from 'node:crypto';
import { concat } from '@fabrica/core/store';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { hashOfProposal } from '../../client/index.ts';
import { self, transfer } from '../../fixtures/wallet.ts';
import { encoded } from './contents.ts';
import { hashPrefix, proposalHash } from './proposal-hash.ts';

test('is SHA-256 of a prefix that names the wallet, and the actions', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 29 }),
      fc.uint8Array({ maxLength: 300 }),
      (id, actions) => {
        const expected = createHash('sha256')
          .update(concat(hashPrefix(id), actions))
          .digest();
        expect(proposalHash(id, actions)).toEqual(new Uint8Array(expected));
      },
    ),
  );
});

test('is what a client computes of the actions it was shown', async () => {
  const actions = [transfer(5n), transfer(6n)];
  const hash = proposalHash(self, encoded('', '', actions).actions);
  expect(await hashOfProposal(self, actions)).toEqual(hash);
});
