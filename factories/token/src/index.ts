/** The token factory's package, for everyone but its canisters: definition, interface, client. */
export { TokenContract } from './candid.ts';
export { readBlocks, type BlockSource } from './client/read-blocks.ts';
export {
  verifyBlocks,
  verifyTip,
  type BlockAnswer,
  type CertifiedTip,
  type TipAnswer,
  type Trust,
} from './client/verify-blocks.ts';
export { createTokenClient, tokenIdlFactory, type TokenActor } from './client/token-client.ts';
export { tokenFactory } from './definition.ts';
export { TokenFactory } from './factory-service.ts';
export { tokenErrors } from './errors.ts';
export { MAX_AMOUNT } from './model/amount.ts';
export { genericErrors } from './model/generic-errors.ts';
export { ORDER_LIMITS } from './model/validate-order.ts';
export { ArchiveOptions, InitialBalance, TokenInit } from './order-schema.ts';
export {
  Account,
  Allowance,
  AllowanceArgs,
  ApproveArgs,
  ApproveError,
  ApproveResult,
  ledgerMethods,
  MetadataValue,
  SupportedStandard,
  TransferArg,
  TransferError,
  TransferFromArgs,
  TransferFromError,
  TransferFromResult,
  TransferResult,
} from './standards.ts';
