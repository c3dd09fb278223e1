import { ok, type Result } from '@fabrica/core';
import { c } from '@fabrica/core/candid';
import { binary, Cell, equal, stored, type ByteStore } from '@fabrica/core/store';

import { gatewayErrors } from '../../errors.ts';

/** Administrators at once, at most. */
export const MAX_ADMINISTRATORS = 20;

/** A list of administrators as the interface carries it. */
export const AdministratorList = c.vec(c.principal, { max: MAX_ADMINISTRATORS });

const ANONYMOUS = Uint8Array.of(4);

/** Who may administer the gateway. There is always someone. */
export class Administrators {
  readonly #list: Cell<readonly Uint8Array[]>;

  constructor(space: ByteStore) {
    this.#list = new Cell(space, stored(1, AdministratorList), []);
  }

  get all(): readonly Uint8Array[] {
    return this.#list.get();
  }

  has(principal: Uint8Array): boolean {
    return this.all.some((administrator) => equal(administrator, principal));
  }

  /** Replaces the list. */
  set(principals: readonly Uint8Array[]): Result<null> {
    const distinct = new Set(principals.map(binary));
    const valid =
      principals.length >= 1 &&
      principals.length <= MAX_ADMINISTRATORS &&
      distinct.size === principals.length &&
      !distinct.has(binary(ANONYMOUS));
    if (!valid) return gatewayErrors.last_administrator({ most: MAX_ADMINISTRATORS });
    this.#list.set(principals);
    return ok(null);
  }
}
