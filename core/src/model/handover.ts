import { c, type Infer } from '../candid/index.ts';
import { equal, stored, Table, type ByteStore } from '../store/index.ts';
import { OpenWork } from './open-work.ts';

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

/** The handovers of a factory's contracts; offers wait without taking room. */
export type HandoverBook = OpenWork<Handover>;

/** Opens the book of handovers. */
export function openHandoverBook(space: {
  readonly handovers: ByteStore;
  readonly openHandovers: ByteStore;
}): HandoverBook {
  const records = new Table(space.handovers, stored(1, Handover));
  return new OpenWork(records, space.openHandovers, ({ state }) => !('Offered' in state));
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
