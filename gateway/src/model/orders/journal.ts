import { Cell, concat, readU32, Table, u32, type ByteStore } from '@fabrica/core/store';

import { isFinal, keyOf, stateOf, type Order } from '../saga/order.ts';
import { OrderCodec } from './order-codec.ts';
import { OverviewCodec } from './overview-codec.ts';
import { follow, NO_ORDERS, type Overview } from './overview.ts';
import { due, oldest, size, waiting } from './schedule.ts';
import { story, type Story } from './story.ts';
import type { Users } from './users.ts';

const SECOND = 1_000_000_000n;
/** How long the reconciler leaves an order alone that somebody is just working on, in nanoseconds. */
const HANDS_OFF = 60n * SECOND;

/** What an order is accepted with; the journal numbers it. */
export type Draft = Pick<
  Order,
  'caller' | 'factory' | 'factoryCanister' | 'ledger' | 'price' | 'ledgerFee' | 'args'
> & { readonly requestId: Uint8Array | null };

/** The stable spaces the journal lies in. */
export interface JournalSpaces {
  readonly orders: ByteStore;
  readonly requestIds: ByteStore;
  readonly overview: ByteStore;
}

/** Who else writes down what follows from an order's step, in the same message. */
export interface Listener {
  tell(story: Story): void;
  /** The order's contract exists now. */
  deployed(order: Order): void;
}

/**
 * All orders, durably. Each step of an order is one call of {@link record}, which keeps everything that follows from
 * it in the same message: the record, the counts and books, the user's profile, and what is to be told to the storage
 * canisters.
 */
export class Journal {
  readonly #codec = new OrderCodec();
  readonly #orders: Table<Order>;
  readonly #requestIds: ByteStore;
  readonly #overview: Cell<Overview>;
  readonly #users: Users;
  readonly #listener: Listener;

  constructor(spaces: JournalSpaces, users: Users, listener: Listener) {
    this.#orders = new Table(spaces.orders, this.#codec);
    this.#requestIds = spaces.requestIds;
    this.#overview = new Cell(spaces.overview, new OverviewCodec(), NO_ORDERS);
    this.#users = users;
    this.#listener = listener;
  }

  get overview(): Overview {
    return this.#overview.get();
  }

  /** How many orders are open. */
  get open(): number {
    return size(this.overview.open);
  }

  /** How many of them wait for an administrator. */
  get undecided(): number {
    return waiting(this.overview.open);
  }

  /** The order of that number, or `null`. */
  at(number: number): Order | null {
    return this.#orders.get(u32(number));
  }

  /** The caller's order of that requestId, or `null`. */
  find(caller: Uint8Array, requestId: Uint8Array): Order | null {
    const number = this.#requestIds.get(nameOf(caller, requestId));
    return number === null ? null : this.at(readU32(number));
  }

  /** Writes down a new order, in state `Accepted`. Without a requestId it is known by its own key. */
  accept({ requestId, ...draft }: Draft, now: bigint): Order {
    const number = this.overview.orders;
    const order: Order = {
      ...draft,
      number,
      requestId: requestId ?? keyOf({ number, acceptedAt: now, caller: draft.caller }),
      acceptedAt: now,
      updatedAt: now,
      previous: this.#users.get(draft.caller).latest,
      state: { Accepted: null },
      attempts: 0,
      notBefore: 0n,
      charge: null,
      refund: null,
      contract: null,
      refusal: null,
    };
    this.#requestIds.set(nameOf(order.caller, order.requestId), u32(number));
    this.#write(null, order, now);
    return order;
  }

  /** Writes down that an order went from `before`, as last written, to `after`. */
  record(before: Order, after: Order, now: bigint): void {
    this.#write(before, after, now);
  }

  /** Open orders that are due and not in hand, oldest first, and the seconds until the next is. */
  due(
    now: bigint,
    limit: number,
    inHand?: (number: number) => boolean,
  ): { readonly numbers: readonly number[]; readonly wait: number | null } {
    const second = Number(now / SECOND);
    const { numbers, next } = due(this.overview.open, second, limit, inHand);
    return { numbers, wait: next === null ? null : Math.max(0, next - second) };
  }

  /** The oldest open order, or `null`. */
  oldestOpen(): Order | null {
    const [number] = this.openNumbers(1);
    return number === undefined ? null : this.at(number);
  }

  /** Numbers of the open orders, oldest first, `limit` at most. */
  openNumbers(limit: number): readonly number[] {
    return oldest(this.overview.open, limit);
  }

  #write(before: Order | null, after: Order, now: bigint): void {
    this.#orders.set(u32(after.number), after);
    // A pause is kept to; an order in hand is left alone for a while, in case its message never comes back.
    const again = after.notBefore > now ? after.notBefore : now + HANDS_OFF;
    const second = Number((again + SECOND - 1n) / SECOND);
    this.#overview.set(follow(this.overview, before, after, second));
    if (isFinal(after)) this.#codec.forget(after.number);
    if (before === null || isFinal(after)) this.#users.follow(before, after);
    const told = story(before, after, now);
    if (told !== null) this.#listener.tell(told);
    if (stateOf(after) === 'Deployed') this.#listener.deployed(after);
  }
}

/** The key of a requestId: the caller's length keeps two callers' names apart. */
function nameOf(caller: Uint8Array, requestId: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(caller.length), caller, requestId);
}
