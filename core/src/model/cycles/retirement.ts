import { c, type Infer } from '../../candid/index.ts';
import { Refusal } from '../../errors/index.ts';
import { stored, Table, type ByteStore } from '../../store/index.ts';
import { OpenWork } from '../open-work.ts';

/**
 * Where a retirement stands. Each state is written before the calls that it is about, and every call may be
 * made twice.
 *
 * - `Asking`: the contract runs, and is asked to send its cycles back.
 * - `Stopping`: it was asked; the platform is told to stop it.
 * - `Retired`: the platform says that it is stopped. Final.
 * - `Refused`: the contract said why it must not be retired yet. Final; nothing was changed.
 */
export const RetirementState = c.named(
  'RetirementState',
  c.variant({ Asking: c.null, Stopping: c.null, Retired: c.null, Refused: Refusal }),
);

/** A contract's retirement, as it is kept and as it is told. */
export const Retirement = c.named(
  'Retirement',
  c.record({
    contract: c.principal,
    number: c.nat32,
    state: RetirementState,
    /** Nanoseconds since the epoch. */
    since: c.nat64,
    /** Cycles that the contract held before. */
    before: c.nat,
    /** Cycles that it holds less by than before, most of them the factory's again; 0 until it is retired. */
    reclaimed: c.nat,
  }),
);
export type Retirement = Infer<typeof Retirement>;

/** The retirements of a factory's contracts. */
export type RetirementBook = OpenWork<Retirement>;

/** Opens the book of retirements. */
export function openRetirementBook(space: {
  readonly retirements: ByteStore;
  readonly openRetirements: ByteStore;
}): RetirementBook {
  const records = new Table(space.retirements, stored(1, Retirement));
  return new OpenWork(records, space.openRetirements, isUnderWay);
}

function isUnderWay({ state }: Retirement): boolean {
  return 'Asking' in state || 'Stopping' in state;
}
