import { bodyEncoder, c, type EncodedBody, EncodedVec, labelId } from '../../candid/index.ts';
import { ContractInfo } from '../../factory/contract-info.ts';
import { MyContract } from '../../factory/types.ts';
import { concat, equal, readU32, u32, type ByteStore } from '../../store/index.ts';
import {
  readMembers,
  Shelf,
  type MemberPage,
  type MemberSource,
  type RowPage,
} from '../indexes/index.ts';

/** Bit of the role that every contract has a holder of. */
export const CREATOR = 1;

const PUBLIC_KEY = Uint8Array.of(1);

/** Zero, and the user. */
function mineKey(user: Uint8Array): Uint8Array {
  const key = new Uint8Array(user.length + 1);
  key.set(user, 1);
  return key;
}

/** Roles as `MyContract` has them. */
const encodeRoles = bodyEncoder(c.vec(c.text({ max: 32 }), { max: 8 }));
/** Whether the roles come before the contract in a row: fields lie in the order of their hashes. */
const ROLES_FIRST = labelId('roles') < labelId('contract');

/**
 * Everybody's list of contracts, and the public one, as finished Candid rows: reading a page of fifty is a
 * read or two of memory and a copy.
 */
export class Lists {
  readonly #shelf: Shelf;
  readonly #roles: readonly string[];
  readonly #encodedRoles = new Map<number, Uint8Array>();

  /** @param roles of the factory's definition; bit 0 of a row's roles is the creator, bit i+1 is `roles[i]`. */
  constructor(space: ByteStore, roles: readonly string[]) {
    this.#shelf = new Shelf(space, new Uint8Array());
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
    return this.#shelf.change(mineKey(user), contract.number, (held) => {
      const mask = change(held);
      return mask === held ? null : { roles: mask, row: this.#row(contract, mask) };
    });
  }

  /** Rewrites the row of a contract in a user's list, with the roles he has. */
  refresh(user: Uint8Array, contract: Listed): void {
    this.#shelf.change(mineKey(user), contract.number, (held) =>
      held === 0 ? null : { roles: held, row: this.#row(contract, held) },
    );
  }

  /** Lists a contract publicly as it is now, or no longer; `before` is how it was listed. */
  refreshPublic(before: ContractInfo | null, after: Listed): void {
    const { info, number, encoded } = after;
    if (info.isPublic) this.#shelf.add(PUBLIC_KEY, number, CREATOR, encoded.bytes);
    else if (before?.isPublic === true) this.#shelf.remove(PUBLIC_KEY, number);
  }

  /** True if a user's row of a contract is there, and says what the contract is now. */
  isCurrent(user: Uint8Array, contract: Listed, isCreator: boolean): boolean {
    const found = this.#shelf.find(mineKey(user), contract.number);
    if (found === null || ((found.roles & CREATOR) !== 0) !== isCreator) return false;
    return equal(found.row, this.#row(contract, found.roles));
  }

  /** True if the public list has the contract exactly if it is public, and as it is now. */
  isPublicCurrent({ number, info, encoded }: Listed): boolean {
    const found = this.#shelf.find(PUBLIC_KEY, number);
    if (found === null || !info.isPublic) return found === null && !info.isPublic;
    return equal(found.row, encoded.bytes);
  }

  /** The numbers of a user's contracts below `cursor`, newest first; `next` is the cursor that goes on. */
  numbersOf(user: Uint8Array, cursor: number | null, limit: number): MemberPage {
    return readMembers(this.#shelf.members(mineKey(user)), { cursor, limit });
  }

  /** A page of a user's contracts, newest first. */
  mine(user: Uint8Array, cursor: Uint8Array | null, limit: number) {
    const page = this.#shelf.read(mineKey(user), { cursor: cursorNumber(cursor), limit });
    return { contracts: new EncodedVec(MyContract, page.count, ...page.runs), next: nextOf(page) };
  }

  /** A page of the public contracts, newest first. */
  publicContracts(cursor: Uint8Array | null, limit: number) {
    const page = this.#shelf.read(PUBLIC_KEY, { cursor: cursorNumber(cursor), limit });
    return {
      contracts: new EncodedVec(ContractInfo, page.count, ...page.runs),
      next: nextOf(page),
    };
  }

  /** The contracts a user made, for queries. */
  createdBy(user: Uint8Array): MemberSource {
    return this.#shelf.members(mineKey(user), CREATOR);
  }

  /** The contracts in which a user has a role, for queries. */
  heldBy(user: Uint8Array, role: string): MemberSource {
    return this.#shelf.members(mineKey(user), this.bit(role));
  }

  /** The public contracts, for queries. */
  get public(): MemberSource {
    return this.#shelf.members(PUBLIC_KEY);
  }

  /** A row is put together from what is encoded already, at a tenth of what encoding it takes. */
  #row({ encoded }: Listed, mask: number): Uint8Array {
    const roles = this.#rolesOf(mask);
    return ROLES_FIRST ? concat(roles, encoded.bytes) : concat(encoded.bytes, roles);
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
  readonly info: ContractInfo;
  readonly encoded: EncodedBody<ContractInfo>;
}

/** A cursor of a page answered before; one of another form begins at the start. */
export function cursorNumber(cursor: Uint8Array | null): number | null {
  return cursor?.length === 4 ? readU32(cursor) : null;
}

function nextOf({ next }: RowPage): Uint8Array | null {
  return next === null ? null : u32(next);
}
