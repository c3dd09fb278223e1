import { Refusal } from '@fabrica/core';
import { c, update } from '@fabrica/core/candid';

import { Account } from './standards.ts';

/** What this ledger offers beyond the standards. */
export const minterMethods = {
  /** Hands the right to mint and burn to another account, or with none to nobody, for good. */
  setMinter: update([c.opt(Account)], c.result(c.null, Refusal)),
  /** Stops everything that would be recorded, or has it go on. For the pauser whom the order named. */
  setPaused: update([c.bool], c.result(c.null, Refusal)),
} as const;
