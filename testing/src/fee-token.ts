/** The fee token's own fee for a transfer. */
export const LEDGER_FEE = 10_000n;
/** What the administrator holds of the fee token at the start. */
export const TREASURY = 1_000_000_000_000_000n;

/** The ledger that orders are paid in: the project's own token contract, made by nobody's factory. */
export function feeToken(owner: Uint8Array) {
  return {
    factory: new Uint8Array(),
    owner,
    order: {
      name: 'Fabrica Fee Token',
      symbol: 'FAB',
      decimals: 8,
      fee: LEDGER_FEE,
      logo: null,
      initialBalances: [{ account: { owner, subaccount: null }, amount: TREASURY }],
      maxSupply: null,
      minter: null,
      feeCollector: null,
      description: null,
      website: null,
      pauser: null,
      archive: null,
    },
  };
}
