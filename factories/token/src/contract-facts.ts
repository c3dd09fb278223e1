import { TokenInit } from './order-schema.ts';

/**
 * What the contract knows of its factory's definition. Apart from the rest, which is rules about orders: a contract
 * parses what it imports at every installation.
 */
export const tokenFacts = {
  version: '0.1.0',
  roles: ['holder'],
  init: TokenInit,
} as const;
