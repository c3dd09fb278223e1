/** The contract's side of the bond with its factory. */
export { ContractHealth, contractInit, contractMethods } from './contract-service.ts';
export { contractErrors } from './contract-errors.ts';
