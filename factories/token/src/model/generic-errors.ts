/** A refusal for which the standards have no variant of their own. */
export interface GenericRefusal {
  readonly GenericError: { readonly error_code: bigint; readonly message: string };
}

function generic(code: bigint, message: string): GenericRefusal {
  return Object.freeze({ GenericError: Object.freeze({ error_code: code, message }) });
}

/** Every `GenericError` of this ledger. Codes are contracts; messages may be improved. */
export const genericErrors = Object.freeze({
  subaccountLength: generic(1n, 'A subaccount has 32 bytes. Send 32 bytes, or no subaccount.'),
  memoLength: generic(2n, 'A memo has at most 32 bytes. Shorten it, or send its hash.'),
  selfApproval: generic(
    3n,
    'An account cannot approve its own owner, who needs no approval to spend from it. Approve another principal.',
  ),
  mintingAccountDelegates: generic(
    4n,
    'The minting account cannot be spent from on behalf of another. Mint with icrc1_transfer.',
  ),
  mintToMintingAccount: generic(
    5n,
    'The minting account cannot send to itself. Send to another account to mint.',
  ),
  maxSupply: generic(
    6n,
    'This would raise the total supply above its maximum. Mint less; the metadata entry fabrica:max_supply tells the maximum.',
  ),
});
