import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { ContractInfo } from './contract-info.ts';
import { Receipt, Report } from './events.ts';

/**
 * What contracts call of their factory. Apart from the rest of its interface, because what a contract
 * imports it parses at every installation.
 */
export const contractFacingMethods = {
  getContractInfo: query([c.principal], c.result(ContractInfo, Refusal)),
  /** Events of the caller, and the life they are numbered in. */
  reportEvents: update([Report], c.result(Receipt, Refusal)),
  /**
   * Installs the module that the caller runs into an empty canister, whose controllers are the caller and
   * the factory: the canister, and its init argument. Asked again, it answers as before.
   */
  installSibling: update([c.principal, c.blob({ max: 200_000 })], c.result(c.null, Refusal)),
} as const;
