import { c, type Infer } from '@fabrica/core/candid';
import { Cell, stored, type ByteStore } from '@fabrica/core/store';

/** An archive, and the index of its first block. It ends where the next begins. */
const Archive = c.record({ canister: c.principal, start: c.nat32 });
export type Archive = Infer<typeof Archive>;

const State = c.record({
  archives: c.vec(Archive),
  /** How far the making of the next one is; written before each call that it takes. */
  making: c.variant({
    Nothing: c.null,
    /** The platform was asked for a canister. */
    Canister: c.null,
    /** The factory is asked to install this ledger's module there. */
    Module: c.principal,
    /** The module is there; its other controllers are about to be removed. */
    Controllers: c.principal,
  }),
  failure: c.opt(c.text),
  lost: c.nat32,
});
export type Making = Infer<typeof State>['making'];

const EMPTY: Infer<typeof State> = {
  archives: [],
  making: { Nothing: null },
  failure: null,
  lost: 0,
};

/** The archives of a ledger, and the one in the making. */
export class ArchiveBook {
  readonly #cell: Cell<Infer<typeof State>>;

  constructor(store: ByteStore) {
    this.#cell = new Cell(store, stored(1, State), EMPTY);
  }

  /** In the order of their blocks. */
  get archives(): readonly Archive[] {
    return this.#cell.get().archives;
  }

  get making(): Making {
    return this.#cell.get().making;
  }

  /** Why the last attempt to make or fill an archive failed; `null` once one succeeded. */
  get failure(): string | null {
    return this.#cell.get().failure;
  }

  /** Canisters whose creation was cut short before their ids were known. */
  get lost(): number {
    return this.#cell.get().lost;
  }

  make(making: Making): void {
    this.#cell.set({ ...this.#cell.get(), making });
  }

  /** The canister that was asked for may exist; nobody will ever know its id. */
  lose(): void {
    const state = this.#cell.get();
    this.#cell.set({ ...state, making: { Nothing: null }, lost: state.lost + 1 });
  }

  /** Adds the archive that was made. */
  add(archive: Archive): void {
    const { archives, lost } = this.#cell.get();
    this.#cell.set({ ...EMPTY, archives: [...archives, archive], lost });
  }

  /** @param failure `null` for a success. */
  note(failure: string | null): void {
    const state = this.#cell.get();
    if (state.failure !== failure) this.#cell.set({ ...state, failure });
  }
}
