import { ledgerErrors } from './ledger-errors.ts';
import { orderErrors } from './order-errors.ts';

/**
 * Every refusal of a token's order, and of a token contract beyond the standards. Canisters import the part they
 * need: what they import they parse at every installation.
 */
export const tokenErrors = { ...orderErrors, ...ledgerErrors };
