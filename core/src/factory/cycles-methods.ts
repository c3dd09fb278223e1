import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { Retirement } from '../model/cycles/retirement.ts';
import { TopUp } from '../model/cycles/top-ups.ts';

/** A page of top-ups, newest first. */
export const TopUpPage = c.named(
  'TopUpPage',
  c.record({
    topUps: c.vec(TopUp, { max: 50 }),
    /** Pass it on for the next page; `null` at the end. */
    next: c.opt(c.nat32),
  }),
);

/** What every factory offers on the cycles of its contracts. */
export const cyclesMethods = {
  /**
   * Sends cycles to a contract, within quotas: for operators and administrators; for the contract and its
   * owner where the settings allow it, once it holds little.
   */
  topUpContract: update([c.principal, c.nat], c.result(TopUp, Refusal)),
  /** Cursor, limit. */
  getTopUps: query([c.opt(c.nat32), c.opt(c.nat32)], TopUpPage),
  /** Takes a contract out of service, for its owner, who repeats its name. */
  retireContract: update([c.principal, c.text({ max: 64 })], c.result(Retirement, Refusal)),
  /** How a contract's retirement stands; `null` if there was none. */
  getRetirement: query([c.principal], c.result(c.opt(Retirement), Refusal)),
} as const;
