import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { AdministrationEntry } from '../model/administration/administration-log.ts';
import { AdministrationRole, Grant, MAX_GRANTS } from '../model/administration/grants.ts';

const done = c.result(c.null, Refusal);

/** A page of the log of administration, newest first. */
export const AdministrationPage = c.named(
  'AdministrationPage',
  c.record({
    entries: c.vec(AdministrationEntry, { max: 100 }),
    /** Pass it on for the next page; `null` at the end. */
    next: c.opt(c.nat32),
  }),
);

/** What every factory offers on who administers it. */
export const administrationMethods = {
  /** Gives a role, until a time or for good; for administrators. */
  grant: update([Grant], done),
  /** Takes a role away; for administrators. */
  revoke: update([c.principal, AdministrationRole], done),
  /** Stops the making of contracts, for a reason that all can read; for guardians, operators and administrators. */
  pause: update([c.text({ max: 200 })], done),
  /** Lets contracts be made again; for operators and administrators. */
  unpause: update([], done),
  /** Begins a check of all lists and sets; for operators and administrators. getFactoryHealth tells the result. */
  checkIndexes: update([], done),
  /** The same, and puts right what is wrong. */
  repairIndexes: update([], done),
  /** All roles that were given, expired ones included. */
  getGrants: query([], c.vec(Grant, { max: MAX_GRANTS })),
  /** Who changed what, newest first: cursor, limit. */
  getAdministrationLog: query([c.opt(c.nat32), c.opt(c.nat32)], AdministrationPage),
} as const;
