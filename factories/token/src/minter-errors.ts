import { defineErrors } from '@fabrica/core';

/** Why an account cannot be the minting account: in an order, and when it is handed over. */
export const minterErrors = defineErrors('token', {
  minter_subaccount: {
    message: 'The subaccount of the minter has {length} bytes.',
    action: 'Send a subaccount of 32 bytes, or none.',
  },
  minter_anonymous: {
    message: 'The minter is the anonymous identity: anyone could mint.',
    action: 'Name another minter, or none for a supply that cannot grow.',
  },
  fee_collector_mints: {
    message: 'The fee collector is the minting account, which holds no tokens.',
    action: 'Name another account, or none to have fees burned.',
  },
});
