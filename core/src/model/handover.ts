import { c, type Infer } from '../candid/index.ts';
import { Cell, equal, stored, Table, u32, type ByteStore } from '../store/index.ts';

/**
 * A change of who controls a contract.
 *
 * - `Offered`: the owner offers it to somebody. Nothing has changed.
 * - `Accepting`: the platform was told, or is about to be, that factory and new owner control it.
 * - `Releasing`: the platform was told, or is about to be, that the factory controls it no more.
 *
 * The last two are written before the call, and end when the platform says what is so.
 */
export const HandoverState = c.variant({ Offered: c.null, Accepting: c.null, Releasing: c.null });

/** A contract's handover. */
export const Handover = c.record({
  contract: c.principal,
  number: c.nat32,
  /** Who owns it, and who will. The same for a release. */
  from: c.principal,
  to: c.principal,
  state: HandoverState,
  /** Nanoseconds since the epoch. */
  since: c.nat64,
});
export type Handover = Infer<typeof Handover>;

/** Handovers under way at once, at most. */
export const MAX_HANDOVERS = 50;

const Open = c.vec(c.nat32, { max: MAX_HANDOVERS });

/** The handovers of a factory's contracts, one at a time for each. */
export class HandoverBook {
  readonly #handovers: Table<Handover>;
  readonly #open: Cell<readonly number[]>;

  constructor(space: { readonly handovers: ByteStore; readonly openHandovers: ByteStore }) {
    this.#handovers = new Table(space.handovers, stored(1, Handover));
    this.#open = new Cell(space.openHandovers, stored(1, Open), []);
  }

  /** The contracts whose controllers are being changed. Read from the heap. */
  get open(): readonly number[] {
    return this.#open.get();
  }

  /** True if no further handover may be begun. */
  get isFull(): boolean {
    return this.open.length >= MAX_HANDOVERS;
  }

  of(number: number): Handover | null {
    return this.#handovers.get(u32(number));
  }

  /** @throws Error if it is under way and there is no room: ask first. */
  save(handover: Handover): void {
    const { number, state } = handover;
    this.#handovers.set(u32(number), handover);
    const others = this.open.filter((known) => known !== number);
    if (!('Offered' in state) && others.length >= MAX_HANDOVERS) throw new Error('No room');
    this.#open.set('Offered' in state ? others : [...others, number]);
  }

  delete(number: number): void {
    this.#handovers.delete(u32(number));
    this.#open.set(this.open.filter((known) => known !== number));
  }
}

/**
 * What the platform's list of controllers says of a handover under way: it has happened, it has not, or
 * the factory lost control meanwhile.
 */
export function outcomeOf(
  { state, to }: Pick<Handover, 'state' | 'to'>,
  controllers: readonly Uint8Array[],
  factory: Uint8Array,
): 'done' | 'open' | 'lost' {
  const has = (who: Uint8Array) => controllers.some((controller) => equal(controller, who));
  if ('Releasing' in state) return has(factory) ? 'open' : 'done';
  if (!has(factory)) return 'lost';
  return has(to) && controllers.length === 2 ? 'done' : 'open';
}

/** The controllers that are to be set. Never none: the owner is always among them. */
export function controllersAfter(
  { state, to }: Pick<Handover, 'state' | 'to'>,
  controllers: readonly Uint8Array[],
  factory: Uint8Array,
): Uint8Array[] {
  if (!('Releasing' in state)) return [factory, to];
  const kept = controllers.filter(
    (controller) => !equal(controller, factory) && !equal(controller, to),
  );
  return [to, ...kept];
}
