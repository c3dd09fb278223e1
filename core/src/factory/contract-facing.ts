import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { ContractInfo } from './contract-info.ts';
import { ContractEvent, MAX_EVENTS } from './events.ts';

/**
 * What contracts call of their factory. Apart from the rest of its interface, because what a contract
 * imports it parses at every installation.
 */
export const contractFacingMethods = {
  getContractInfo: query([c.principal], c.result(ContractInfo, Refusal)),
  /** Events of the caller from a number on; answers the number expected next. */
  notifyEvents: update(
    [c.nat64, c.vec(ContractEvent, { max: MAX_EVENTS })],
    c.result(c.nat64, Refusal),
  ),
} as const;
