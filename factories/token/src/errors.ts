import { defineErrors } from '@fabrica/core';

/**
 * Why a token's order, or what a token contract offers beyond the standards, is refused. Positions in `initialBalances`
 * count from 0.
 */
export const tokenErrors = defineErrors('token', {
  name_length: {
    message: 'The name has {length} bytes.',
    action: 'Choose a name of 1 to {max} bytes.',
  },
  name_characters: {
    message: 'The name begins or ends with a space, or holds a character that cannot be seen.',
    action: 'Choose a name of visible characters.',
  },
  symbol_length: {
    message: 'The symbol has {length} bytes.',
    action: 'Choose a symbol of 1 to {max} bytes.',
  },
  symbol_characters: {
    message: 'The symbol holds a space or a character that cannot be seen.',
    action: 'Choose a symbol of visible characters, without spaces.',
  },
  decimals_range: {
    message: 'A token cannot have {decimals} decimals.',
    action: 'Choose 0 to {max} decimals.',
  },
  fee_range: {
    message: 'The fee is larger than any amount this ledger keeps.',
    action: 'Choose a fee of at most {max}, in the smallest unit.',
  },
  logo_length: {
    message: 'The logo has {length} bytes.',
    action: 'Send a logo of 1 to {max} bytes, or an https address of it, or none.',
  },
  logo_form: {
    message: 'The logo is neither an image as a data URL nor an https address.',
    action: 'Begin the logo with "data:image/" or "https://".',
  },
  description_length: {
    message: 'The description has {length} bytes.',
    action: 'Send a description of 1 to {max} bytes, or none.',
  },
  website_length: {
    message: 'The address of the website has {length} bytes.',
    action: 'Send an address of at most {max} bytes, or none.',
  },
  website_form: {
    message: 'The address of the website is not an https address.',
    action: 'Begin it with "https://" and use no spaces.',
  },
  max_supply_range: {
    message: 'The maximum supply is 0 or larger than any amount this ledger keeps.',
    action: 'Choose a maximum of 1 to {max}, in the smallest unit, or none.',
  },
  fee_collector_subaccount: {
    message: 'The subaccount of the fee collector has {length} bytes.',
    action: 'Send a subaccount of 32 bytes, or none.',
  },
  balances_count: {
    message: 'The order has {count} initial balances.',
    action: 'Order at most {max}; send the rest by transfers.',
  },
  balance_subaccount: {
    message: 'The subaccount of initial balance {position} has {length} bytes.',
    action: 'Send a subaccount of 32 bytes, or none.',
  },
  balance_zero: {
    message: 'Initial balance {position} is 0.',
    action: 'Leave it out.',
  },
  balance_repeated: {
    message: 'Initial balance {position} is of an account that stands before.',
    action: 'Give each account one balance.',
  },
  balance_of_minter: {
    message: 'Initial balance {position} is of the minting account, which holds no tokens.',
    action: 'Give it to another account, or leave it out and mint later.',
  },
  supply_above_maximum: {
    message: 'The initial balances sum to {supply}, the maximum supply is {max}.',
    action: 'Lower the balances or raise the maximum.',
  },
  no_supply: {
    message: 'The order has neither initial balances nor a minter: no token could ever exist.',
    action: 'Order initial balances, a minter, or both.',
  },
  pauser_anonymous: {
    message: 'The pauser is the anonymous identity: anyone could pause the token.',
    action: 'Name another principal, or none for a token that nobody can pause.',
  },
  archive_range: {
    message: 'The ledger keeps, or an archive takes, fewer than {min} blocks.',
    action: 'Choose at least {min} for both, or no archives.',
  },

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
});
