import { c, type Infer } from '../../candid/index.ts';
import { Cell, Sequence, stored, Table, u32, type ByteStore } from '../../store/index.ts';
import { isOver, Upgrade, UpgradeRecord } from './upgrade.ts';

/** Contracts upgraded at once, at most. */
export const MAX_OPEN = 50;

/** Keyspaces of an upgrade book. */
export interface UpgradeSpaces {
  /** Contract number -> its upgrade under way, or its last. */
  readonly upgrades: ByteStore;
  /** The numbers of the contracts that are being upgraded. */
  readonly openUpgrades: ByteStore;
  /** All upgrades that ended, in that order. */
  readonly upgradeHistory: ByteStore;
  /** Contract number -> what its owner decided. */
  readonly upgradeChoices: ByteStore;
}

/** An upgrade that ended, and where the contract's one before stands. */
const HistoryEntry = c.record({
  upgrade: Upgrade,
  finishedAt: c.nat64,
  previous: c.opt(c.nat32),
});

/** A contract's place in the book. */
const Entry = c.record({ record: UpgradeRecord, last: c.opt(c.nat32) });

/** What an owner decided on upgrades. */
export const UpgradeChoice = c.named(
  'UpgradeChoice',
  c.record({
    /** The factory may upgrade it on its own. */
    autoUpgrade: c.bool,
    /** The one version it may be upgraded to; `null` for any. */
    pinned: c.opt(c.text({ max: 32 })),
  }),
);
export type UpgradeChoice = Infer<typeof UpgradeChoice>;

/** How many upgrades ended how. */
const Totals = c.record({ committed: c.nat32, restored: c.nat32, failed: c.nat32 });

const Open = c.record({ numbers: c.vec(c.nat32, { max: MAX_OPEN }), totals: Totals });

/** The upgrades of a factory's contracts: one at a time for each, and all that ended. */
export class UpgradeBook {
  readonly #entries: Table<Infer<typeof Entry>>;
  readonly #open: Cell<Infer<typeof Open>>;
  readonly #history: Sequence<Infer<typeof HistoryEntry>>;
  readonly #choices: Table<UpgradeChoice>;

  constructor(space: UpgradeSpaces) {
    this.#entries = new Table(space.upgrades, stored(1, Entry));
    this.#open = new Cell(space.openUpgrades, stored(1, Open), {
      numbers: [],
      totals: { committed: 0, restored: 0, failed: 0 },
    });
    this.#history = new Sequence(space.upgradeHistory, stored(1, HistoryEntry));
    this.#choices = new Table(space.upgradeChoices, stored(1, UpgradeChoice));
  }

  /** The contracts that are being upgraded. Read from the heap. */
  get open(): readonly number[] {
    return this.#open.get().numbers;
  }

  /** True if no further upgrade may be begun. */
  get isFull(): boolean {
    return this.open.length >= MAX_OPEN;
  }

  get totals(): Infer<typeof Totals> {
    return this.#open.get().totals;
  }

  /** The contract's upgrade under way, or its last; `null` if it never had one. */
  of(number: number): UpgradeRecord | null {
    return this.#entries.get(u32(number))?.record ?? null;
  }

  /** What the owner decided; until then the factory does nothing on its own. */
  choice(number: number): UpgradeChoice {
    return this.#choices.get(u32(number)) ?? { autoUpgrade: false, pinned: null };
  }

  /** Changes what the owner decided; what is left out stays. */
  choose(number: number, change: Partial<UpgradeChoice>): void {
    this.#choices.set(u32(number), { ...this.choice(number), ...change });
  }

  /**
   * Begins an upgrade.
   *
   * @throws Error if the book is full or the contract is being upgraded: ask first.
   */
  begin(record: UpgradeRecord): void {
    const { numbers, totals } = this.#open.get();
    if (this.isFull || numbers.includes(record.number)) throw new Error('No room for an upgrade');
    this.#open.set({ numbers: [...numbers, record.number], totals });
    const last = this.#entries.get(u32(record.number))?.last ?? null;
    this.#entries.set(u32(record.number), { record, last });
  }

  /** Writes how far an upgrade is; one that is over goes to the history. */
  save(record: UpgradeRecord, now: bigint): void {
    const key = u32(record.number);
    const last = this.#entries.get(key)?.last ?? null;
    if (!isOver(record)) return this.#entries.set(key, { record, last });
    const at = this.#history.append({ upgrade: record, finishedAt: now, previous: last });
    this.#entries.set(key, { record, last: at });
    const { numbers, totals } = this.#open.get();
    const { phase } = record;
    this.#open.set({
      numbers: numbers.filter((number) => number !== record.number),
      totals: {
        committed: totals.committed + ('Committed' in phase ? 1 : 0),
        restored: totals.restored + ('Restored' in phase ? 1 : 0),
        failed: totals.failed + ('Failed' in phase ? 1 : 0),
      },
    });
  }

  /** A contract's ended upgrades, newest first. @param from where the page before ended. */
  historyOf(number: number, from: number | null, limit: number) {
    let at = from ?? this.#entries.get(u32(number))?.last ?? null;
    const upgrades: Upgrade[] = [];
    while (at !== null && at < this.#history.length && upgrades.length < limit) {
      const { upgrade, previous } = this.#history.at(at);
      if (upgrade.number !== number) return { upgrades, next: null };
      upgrades.push(upgrade);
      at = previous;
    }
    return { upgrades, next: at };
  }

  /** All ended upgrades, newest first. @param from where the page before ended. */
  history(from: number | null, limit: number) {
    const end = Math.min(from ?? this.#history.length, this.#history.length);
    const begin = Math.max(0, end - limit);
    const upgrades = this.#history.page(begin, end - begin).map(({ upgrade }) => upgrade);
    return { upgrades: upgrades.reverse(), next: begin > 0 ? begin : null };
  }
}
