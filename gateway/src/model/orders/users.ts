import { c, type Infer } from '@fabrica/core/candid';
import { binary, Table, stored, type ByteStore } from '@fabrica/core/store';

import { isFinal, stateOf, type Order } from '../saga/order.ts';

/** A user as the gateway knows him: by what he ordered. */
export const Profile = c.named(
  'Profile',
  c.record({
    /** Nanoseconds since the epoch; 0 for someone who never ordered. */
    firstOrderAt: c.nat64,
    lastOrderAt: c.nat64,
    /** Number of his newest order, from which the others are reached. */
    latest: c.opt(c.nat32),
    orders: c.nat32,
    open: c.nat32,
    deployed: c.nat32,
    refunded: c.nat32,
    /** A suspended user cannot order; what he ordered before goes on. */
    suspended: c.bool,
  }),
);
export type Profile = Infer<typeof Profile>;

const NOBODY: Profile = {
  firstOrderAt: 0n,
  lastOrderAt: 0n,
  latest: null,
  orders: 0,
  open: 0,
  deployed: 0,
  refunded: 0,
  suspended: false,
};

/** Profiles kept on the heap. */
const MAX_RECENT = 500;

/** The users, by principal. Someone who never ordered takes no storage. */
export class Users {
  readonly #profiles: Table<Profile>;
  /** Profiles read lately: an order reads its user's four times, at 0.17 M instructions. */
  readonly #recent = new Map<string, Profile>();

  constructor(space: ByteStore) {
    this.#profiles = new Table(space, stored(1, Profile));
  }

  get(user: Uint8Array): Profile {
    const recent = this.#recent.get(binary(user));
    return recent ?? this.#keep(user, this.#profiles.get(user) ?? NOBODY);
  }

  suspend(user: Uint8Array, suspended: boolean): void {
    this.#set(user, { ...this.get(user), suspended });
  }

  /** Notes a new order, or the end of one. */
  follow(before: Order | null, after: Order): void {
    const profile = this.get(after.caller);
    if (before === null) {
      this.#set(after.caller, {
        ...profile,
        firstOrderAt: profile.orders === 0 ? after.acceptedAt : profile.firstOrderAt,
        lastOrderAt: after.acceptedAt,
        latest: after.number,
        orders: profile.orders + 1,
        open: profile.open + 1,
      });
    } else if (isFinal(after) && !isFinal(before)) {
      const state = stateOf(after);
      this.#set(after.caller, {
        ...profile,
        open: profile.open - 1,
        deployed: profile.deployed + (state === 'Deployed' ? 1 : 0),
        refunded: profile.refunded + (state === 'Refunded' ? 1 : 0),
      });
    }
  }
  #set(user: Uint8Array, profile: Profile): void {
    this.#profiles.set(user, profile);
    this.#keep(user, profile);
  }

  #keep(user: Uint8Array, profile: Profile): Profile {
    if (this.#recent.size >= MAX_RECENT) this.#recent.clear();
    this.#recent.set(binary(user), profile);
    return profile;
  }
}
