import { bodyEncoder, c } from '../../candid/index.ts';
import { concat, equal, readU32, type ByteStore } from '../../store/index.ts';
import {
  readMembers,
  Shelf,
  type FirstPages,
  type MemberPage,
  type MemberSource,
  type RowPage,
} from '../indexes/index.ts';

/** Bit of the role that every contract has a holder of. */
export const CREATOR = 1;

/** Roles as `MyContract` has them. */
const encodeRoles = bodyEncoder(c.vec(c.text({ max: 32 }), { max: 8 }));
/** No row: takes it off the list. */
const NO_ROW = { roles: 0, row: new Uint8Array() };

/**
 * Everybody's list of contracts, as finished Candid rows: reading a page of fifty is a read or two of memory
 * and a copy.
 */
export class Lists {
  readonly #shelf: Shelf;
  readonly #roles: readonly string[];
  readonly #encodedRoles = new Map<number, Uint8Array>();
  /** Told of each change of somebody's roles in a contract, with the roles before and after. */
  onChange: ((user: Uint8Array, contract: number, before: number, after: number) => void) | null =
    null;

  /**
   * @param first where the pages are kept that are read first.
   * @param roles of the factory's definition; bit 0 of a row's roles is the creator, bit i+1 is `roles[i]`.
   */
  constructor(space: ByteStore, first: FirstPages, roles: readonly string[]) {
    this.#shelf = new Shelf(space, new Uint8Array(), first);
    this.#roles = ['creator', ...roles];
  }

  /** The bit of a role. @throws Error if the factory has no such role. */
  bit(role: string): number {
    const bit = this.#roles.indexOf(role);
    if (bit < 1) throw new Error(`No role ${role}`);
    return 1 << bit;
  }

  /**
   * Gives a user other roles in a contract; no roles take it off his list.
   *
   * @param change the roles he is to have, by those he has: bits, 0 for none.
   * @returns the roles he had.
   */
  changeRoles(user: Uint8Array, contract: Listed, change: (held: number) => number): number {
    return this.#shelf.change(user, contract.number, (held, row) => {
      const mask = change(held);
      if (mask === held) return null;
      this.onChange?.(user, contract.number, held, mask);
      if (mask === 0) return NO_ROW;
      // What the row says of the contract stays; a row brought up to date later is rewritten as a whole.
      const body =
        row === null ? contract.body : row.subarray(0, row.length - this.#rolesOf(held).length);
      return { roles: mask, row: concat(body, this.#rolesOf(mask)) };
    });
  }

  /** The roles that a user has in a contract, as bits. */
  rolesOf(user: Uint8Array, contract: number): number {
    return this.#shelf.find(user, contract)?.roles ?? 0;
  }

  /** Rewrites the row of a contract in a user's list, with the roles he has. */
  refresh(user: Uint8Array, contract: Listed): void {
    this.#shelf.change(user, contract.number, (held) =>
      held === 0 ? null : { roles: held, row: this.#row(contract, held) },
    );
  }

  /** True if a user's row of a contract is there, and says what the contract is now. */
  isCurrent(user: Uint8Array, contract: Listed, isCreator: boolean): boolean {
    const found = this.#shelf.find(user, contract.number);
    if (found === null || ((found.roles & CREATOR) !== 0) !== isCreator) return false;
    return equal(found.row, this.#row(contract, found.roles));
  }

  /** The numbers of a user's contracts below `cursor`, newest first; `next` is the cursor that goes on. */
  numbersOf(user: Uint8Array, cursor: number | null, limit: number): MemberPage {
    return readMembers(this.#shelf.members(user), { cursor, limit });
  }

  /**
   * A page of a user's contracts, newest first: rows of `MyContract`, as Candid.
   *
   * @param cursor see {@link cursorNumber}.
   */
  mine(user: Uint8Array, cursor: Uint8Array | null, limit: number): RowPage {
    return this.#shelf.read(user, { cursor: cursorNumber(cursor), limit });
  }

  /** The contracts a user made, for queries. */
  createdBy(user: Uint8Array): MemberSource {
    return this.#shelf.members(user, CREATOR);
  }

  /** The contracts in which a user has a role, for queries. */
  heldBy(user: Uint8Array, role: string): MemberSource {
    return this.#shelf.members(user, this.bit(role));
  }

  /** A row is put together from what is encoded already, at a tenth of what encoding it takes. */
  #row({ body }: Listed, mask: number): Uint8Array {
    // The contract comes before the roles: fields lie in the order of their hashes.
    return concat(body, this.#rolesOf(mask));
  }

  #rolesOf(mask: number): Uint8Array {
    let encoded = this.#encodedRoles.get(mask);
    if (encoded === undefined) {
      encoded = encodeRoles(this.#roles.filter((_, bit) => (mask >> bit) & 1));
      this.#encodedRoles.set(mask, encoded);
    }
    return encoded;
  }
}

/** A contract as lists take it; `ContractRecord` is one. */
export interface Listed {
  readonly number: number;
  /** What is told of it, as Candid. */
  readonly body: Uint8Array;
}

/** A cursor of a page answered before; one of another form begins at the start. */
export function cursorNumber(cursor: Uint8Array | null): number | null {
  return cursor?.length === 4 ? readU32(cursor) : null;
}
