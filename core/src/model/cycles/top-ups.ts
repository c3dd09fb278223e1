import { c, type Infer } from '../../candid/index.ts';
import { Cell, Sequence, stored, Table, u32, type ByteStore } from '../../store/index.ts';

/** Least cycles of one top-up: what keeps the book of them short. */
export const LEAST_TOP_UP = 10_000_000_000n;

const DAY = 86_400_000_000_000n;

/** How a top-up ended. */
export const TopUpState = c.named(
  'TopUpState',
  c.variant({
    /** Under way. */
    Sending: c.null,
    Sent: c.null,
    /** The platform refused; the cycles are the factory's again, and so is the quota. */
    Refused: c.null,
    /** Nobody heard how it ended. It is not repeated, and the quota stays used. */
    Unknown: c.null,
  }),
);

/** Cycles sent to a contract. */
export const TopUp = c.named(
  'TopUp',
  c.record({
    /** Position in the book, from 0. */
    number: c.nat32,
    contract: c.principal,
    cycles: c.nat,
    /** Who asked. */
    by: c.principal,
    /** Nanoseconds since the epoch. */
    at: c.nat64,
    state: TopUpState,
  }),
);
export type TopUp = Infer<typeof TopUp>;

/** What may be sent to contracts. */
export const TopUpQuotas = c.record({
  /** Cycles for one contract, and for all together, in a day that begins with the first. */
  perContract: c.nat,
  perDay: c.nat,
  /** Whether contracts and their owners may ask; administrators may always. */
  byOwners: c.bool,
});
export type TopUpQuotas = Infer<typeof TopUpQuotas>;

const Used = c.record({ since: c.nat64, cycles: c.nat });
type Used = Infer<typeof Used>;

/** Key of what was sent to all contracts together, beside those of contracts, which have four bytes. */
const ALL = new Uint8Array();

/** The cycles sent to contracts, within quotas that are used before the cycles leave. */
export class TopUpBook {
  readonly #quotas: Cell<TopUpQuotas>;
  readonly #used: Table<Used>;
  readonly #entries: Sequence<TopUp>;
  /** Those that a message of this canister is waiting for. On the heap: gone with an upgrade. */
  readonly #underWay = new Set<number>();

  constructor(
    space: {
      readonly topUpQuotas: ByteStore;
      readonly topUpsUsed: ByteStore;
      readonly topUps: ByteStore;
    },
    initial: TopUpQuotas,
  ) {
    this.#quotas = new Cell(space.topUpQuotas, stored(1, TopUpQuotas), initial);
    this.#used = new Table(space.topUpsUsed, stored(1, Used));
    this.#entries = new Sequence(space.topUps, stored(1, TopUp));
  }

  get quotas(): TopUpQuotas {
    return this.#quotas.get();
  }

  set quotas(quotas: TopUpQuotas) {
    this.#quotas.set(quotas);
  }

  /** Cycles that may still be sent to a contract today. */
  left(contract: number, now: bigint): bigint {
    const { perContract, perDay } = this.quotas;
    const own = perContract - this.#usedBy(u32(contract), now).cycles;
    const all = perDay - this.#usedBy(ALL, now).cycles;
    const least = own < all ? own : all;
    return least > 0n ? least : 0n;
  }

  /** Writes down that cycles are about to be sent, and uses the quotas. @returns its number. */
  begin(contract: number, topUp: Omit<TopUp, 'number' | 'state'>): number {
    this.#use(contract, topUp.cycles, topUp.at);
    const number = this.#entries.length;
    this.#underWay.add(number);
    return this.#entries.append({ ...topUp, number, state: { Sending: null } });
  }

  /** Writes down how it ended; what surely was not sent gives its quota back. */
  end(contract: number, number: number, state: TopUp['state']): TopUp {
    const topUp = { ...this.#entries.at(number), state };
    this.#underWay.delete(number);
    this.#entries.set(number, topUp);
    if ('Refused' in state) this.#use(contract, -topUp.cycles, topUp.at);
    return topUp;
  }

  /** A page, newest first. @param from where the page before ended. */
  page(from: number | null, limit: number) {
    const end = Math.min(from ?? this.#entries.length, this.#entries.length);
    const begin = Math.max(0, end - limit);
    const topUps = this.#entries.page(begin, end - begin).reverse();
    return {
      topUps: topUps.map((topUp) => (this.#isLost(topUp) ? { ...topUp, state: LOST } : topUp)),
      next: begin > 0 ? begin : null,
    };
  }

  /** True if the message that sent it is gone. */
  #isLost({ number, state }: TopUp): boolean {
    return 'Sending' in state && !this.#underWay.has(number);
  }

  #use(contract: number, cycles: bigint, at: bigint): void {
    for (const key of [u32(contract), ALL]) {
      const used = this.#usedBy(key, at);
      const total = used.cycles + cycles;
      // What is given back after its day is over is nobody's.
      if (at >= used.since) this.#used.set(key, { ...used, cycles: total > 0n ? total : 0n });
    }
  }

  #usedBy(key: Uint8Array, now: bigint): Used {
    const used = this.#used.get(key);
    return used === null || now - used.since >= DAY ? { since: now, cycles: 0n } : used;
  }
}

const LOST = { Unknown: null } as const;
