import { gatewayErrors } from '../../errors.ts';
import { begin, recover } from '../saga/begin.ts';
import type { Effect, Outcomes } from '../saga/events.ts';
import type { Order } from '../saga/order.ts';
import { settle } from '../saga/settle.ts';
import type { Journal } from './journal.ts';

/** What the driver needs of the world. */
export interface World {
  /** Sends an effect's call and reads its outcome. Never throws for what the callee does. */
  perform<E extends Effect>(effect: E, order: Order): Promise<Outcomes[E]>;
  /** Nanoseconds since the epoch; later after each call. */
  now(): bigint;
  /** True while an administrator's emergency stop holds. */
  stopped(): boolean;
}

/** How long a message may wait for one answer before the order goes on without it, in nanoseconds. */
export const PATIENCE = 3_600_000_000_000n;

/** A message's hold on an order. */
interface Hold {
  /** When its call under way was sent, in nanoseconds. */
  since: bigint;
}

/**
 * Takes orders through their steps: journal the intent, send the call, journal what came of it together with the next
 * intent. Whatever is lost in between is found in the journal, with the intent that tells what may have happened.
 *
 * One message at a time works on an order. That lock is on the heap: an upgrade, which ends all messages, frees it.
 */
export class Driver {
  readonly #journal: Journal;
  readonly #busy = new Map<number, Hold>();
  /** Since when orders wait whose messages were given up, until somebody answers. */
  readonly #silent = new Map<number, bigint>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** True while a message works on the order. */
  readonly isBusy = (number: number): boolean => this.#busy.has(number);

  /**
   * Takes the order from a message that has waited for an answer longer than {@link PATIENCE}, so that it is taken up
   * again; should the answer come after all, that message does nothing with it.
   *
   * @returns false while a message works on the order that has not waited so long.
   */
  giveUp(number: number, now: bigint): boolean {
    const hold = this.#busy.get(number);
    if (hold === undefined) return true;
    if (now < hold.since + PATIENCE) return false;
    if (!this.#silent.has(number)) this.#silent.set(number, hold.since);
    this.#busy.delete(number);
    return true;
  }

  /** The same for an administrator, who need not wait again for each attempt at a callee that keeps silent. */
  release(number: number, now: bigint): boolean {
    const silent = this.#silent.get(number);
    if (silent === undefined || now < silent + PATIENCE) return this.giveUp(number, now);
    this.#busy.delete(number);
    return true;
  }

  /** Takes a new order as far as it goes now: to its end, or to a pause. */
  start(order: Order, world: World): Promise<Order> {
    return this.#run(order, order, world);
  }

  /** Takes up an order whose last call is unknown. Does nothing if a message works on it. */
  resume(order: Order, world: World): Promise<Order> {
    return this.#run(order, recover(order, world.now()), world);
  }

  async #run(written: Order, order: Order, world: World): Promise<Order> {
    const { number } = written;
    if (this.#busy.has(number)) return written;
    const hold: Hold = { since: world.now() };
    this.#busy.set(number, hold);
    try {
      for (;;) {
        const { order: next, effect } = beginUnlessStopped(order, world);
        if (next !== written) this.#journal.record(written, next, world.now());
        if (effect === null) return next;
        hold.since = world.now();
        const outcome = await world.perform(effect, next);
        this.#silent.delete(number);
        // Taken from this message meanwhile: what it knows of the order is out of date.
        if (this.#busy.get(number) !== hold) return this.#journal.at(number) ?? next;
        order = settle(next, effect, outcome, world.now());
        written = next;
      }
    } finally {
      // Also runs in the cleanup after a trap; a plain heap write.
      if (this.#busy.get(number) === hold) this.#busy.delete(number);
    }
  }
}

/** The next intent; under an emergency stop, none. */
function beginUnlessStopped(order: Order, world: World) {
  const now = world.now();
  if (!world.stopped()) return begin(order, now);
  return { order: recover(order, now, gatewayErrors.emergency_stop().Err), effect: null };
}
