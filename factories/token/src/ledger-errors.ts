import { defineErrors } from '@fabrica/core';

import { minterErrors } from './minter-errors.ts';

/** Why a token contract refuses what is not of the standards. */
export const ledgerErrors = {
  ...minterErrors,
  ...defineErrors('token', {
    not_the_pauser: {
      message: 'Only the pauser named in the order may pause this token.',
      action: 'Send the request as the principal in the metadata entry fabrica:pauser.',
    },
    not_the_ledger: {
      message: 'Only the ledger of an archive may add blocks to it.',
      action: 'Read blocks with icrc3_get_blocks.',
    },
    no_minter: {
      message: 'This token has no minting account, and never will have one again.',
      action: 'Nothing can be done: the supply cannot grow.',
    },
    not_the_minter: {
      message: 'Only the owner of the minting account may hand it over.',
      action: 'Send the request with the identity that mints; icrc1_minting_account tells it.',
    },
    minter_holds: {
      message: 'The account holds tokens, which a minting account cannot.',
      action: 'Move its tokens to another account first, or name another account.',
    },
  }),
};
