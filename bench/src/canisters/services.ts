import { c, query, service, update } from '@fabrica/core/candid';

/** Fills stable memory with entries that were prepared outside. */
export const Loader = service('loader', {
  /**
   * A stable map's number; its entries one after the other: key length u16, value length u16 (big-endian), key, value.
   * Answers how many there were.
   */
  load: update([c.nat8, c.blob({ max: 2_000_000 })], c.nat32),
});

/** The least that a message through the runtime can do. */
export const Trivial = service('trivial', {
  read: query([], null),
  write: update([], null),
});

/** The index of a user's contracts, alone. */
export const Shelves = service('shelves', {
  /** Adds rows to a user's list: user, first number, how many. */
  add: update([c.principal, c.nat32, c.nat32], null),
});

/** Work in JavaScript, as much as asked for. */
export const Busy = service('busy', {
  /** Answers the last of so many numbers, each made from the one before. */
  spin: query([c.nat32], c.nat32),
});
