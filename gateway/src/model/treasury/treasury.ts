import { c, type Infer } from '@fabrica/core/candid';
import { Cell, equal, Sequence, stored, type ByteStore } from '@fabrica/core/store';

import { Withdrawal } from './withdrawal.ts';

/** What has left, or is leaving, a ledger's account for the treasury. */
const Outflow = c.record({ ledger: c.principal, leaving: c.nat, withdrawn: c.nat });
type Outflow = { -readonly [K in keyof Infer<typeof Outflow>]: Infer<typeof Outflow>[K] };

const Totals = c.record({
  /** When the administrators or the treasury last changed, in nanoseconds; 0 if never. */
  changedAt: c.nat64,
  outflows: c.vec(Outflow, { max: 100 }),
  /** Numbers of withdrawals on their way. */
  open: c.vec(c.nat32, { max: 1_000 }),
});

/** Withdrawals on their way at once, at most. */
export const MAX_UNDER_WAY = 100;

/**
 * Withdrawals of earned fees. Each change of one is one call of {@link record}, which keeps the totals in step: what
 * is confirmed leaves the available earnings at once, before anything is sent.
 */
export class Treasury {
  readonly #withdrawals: Sequence<Withdrawal>;
  readonly #totals: Cell<Infer<typeof Totals>>;

  constructor(withdrawals: ByteStore, totals: ByteStore) {
    this.#withdrawals = new Sequence(withdrawals, stored(1, Withdrawal));
    const none = { changedAt: 0n, outflows: [], open: [] };
    this.#totals = new Cell(totals, stored(1, Totals), none);
  }

  get count(): number {
    return this.#withdrawals.length;
  }

  /** Numbers of the withdrawals that are sending or stuck. */
  get open(): readonly number[] {
    return this.#totals.get().open;
  }

  /** When the administrators or the treasury last changed. */
  get changedAt(): bigint {
    return this.#totals.get().changedAt;
  }

  /** Starts the notice after a change of administrators or treasury. */
  noteChange(now: bigint): void {
    this.#totals.set({ ...this.#totals.get(), changedAt: now });
  }

  at(number: number): Withdrawal | null {
    return number < this.count ? this.#withdrawals.at(number) : null;
  }

  /** Oldest first. */
  page(from: number, limit: number): Withdrawal[] {
    return this.#withdrawals.page(from, limit);
  }

  /** What is leaving, and what has left, a ledger's account. */
  outflow(ledger: Uint8Array): Outflow {
    const { outflows } = this.#totals.get();
    const known = outflows.find((outflow) => equal(outflow.ledger, ledger));
    return known ?? { ledger, leaving: 0n, withdrawn: 0n };
  }

  propose(
    draft: Pick<
      Withdrawal,
      'ledger' | 'amount' | 'fee' | 'to' | 'proposedBy' | 'proposedAt' | 'alone'
    >,
  ): Withdrawal {
    const withdrawal: Withdrawal = {
      ...draft,
      number: this.count,
      state: { Proposed: null },
      confirmedBy: null,
      createdAt: 0n,
      unknown: 0,
      attempts: 0,
      notBefore: 0n,
      block: null,
      failure: '',
    };
    this.#withdrawals.append(withdrawal);
    return withdrawal;
  }

  /** Writes down that a withdrawal went from `before`, as last written, to `after`. */
  record(before: Withdrawal, after: Withdrawal): void {
    this.#withdrawals.set(after.number, after);
    const from = columnOf(before);
    const to = columnOf(after);
    if (from === to) return;
    const outflow = { ...this.outflow(after.ledger) };
    if (from !== null) outflow[from] -= after.amount;
    if (to !== null) outflow[to] += after.amount;
    const totals = this.#totals.get();
    const others = totals.outflows.filter(({ ledger }) => !equal(ledger, after.ledger));
    const closed = totals.open.filter((number) => number !== after.number);
    const open = to === 'leaving' ? [...closed, after.number] : closed;
    this.#totals.set({ ...totals, outflows: [...others, outflow], open });
  }
}

function columnOf({ state }: Withdrawal): 'leaving' | 'withdrawn' | null {
  if ('Sending' in state || 'Stuck' in state) return 'leaving';
  return 'Sent' in state ? 'withdrawn' : null;
}
