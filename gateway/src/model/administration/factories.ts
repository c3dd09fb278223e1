import { ok, type Result } from '@fabrica/core';
import { c, type Infer } from '@fabrica/core/candid';
import { Cell, equal, stored, type ByteStore } from '@fabrica/core/store';

import { gatewayErrors } from '../../errors.ts';

/** Factories at once, at most. */
export const MAX_FACTORIES = 100;

const Registration = c.record({
  id: c.text({ max: 32 }),
  canister: c.principal,
  registeredAt: c.nat64,
});
type Registration = Infer<typeof Registration>;

/** The factories that orders can go to, by id. A factory is never taken off the list, only disabled. */
export class Factories {
  readonly #list: Cell<readonly Registration[]>;

  constructor(space: ByteStore) {
    this.#list = new Cell(space, stored(1, c.vec(Registration, { max: MAX_FACTORIES })), []);
  }

  get all(): readonly Registration[] {
    return this.#list.get();
  }

  /** The factory's canister, or `null`. */
  canisterOf(id: string): Uint8Array | null {
    return this.all.find((factory) => factory.id === id)?.canister ?? null;
  }

  /** True if the id is registered. */
  readonly has = (id: string): boolean => this.canisterOf(id) !== null;

  /** The place of the factory in that canister on the list, or `null`. Places never change: they are stored. */
  placeOf(canister: Uint8Array): number | null {
    const place = this.all.findIndex((factory) => equal(factory.canister, canister));
    return place === -1 ? null : place;
  }

  /** Adds a factory, or moves it to another canister; open orders stay with the canister they were sent to. */
  register(id: string, canister: Uint8Array, now: bigint): Result<null> {
    if (!/^[a-z][a-z0-9_-]{0,31}$/.test(id))
      return gatewayErrors.bad_factory_id({ factory: id.slice(0, 40) });
    const others = this.all.filter((factory) => factory.id !== id);
    if (others.length >= MAX_FACTORIES)
      return gatewayErrors.too_many_factories({ most: MAX_FACTORIES });
    if (others.some((factory) => equal(factory.canister, canister)))
      return gatewayErrors.factory_registered();
    const entry = { id, canister, registeredAt: now };
    const known = this.all.findIndex((factory) => factory.id === id);
    this.#list.set(known === -1 ? [...others, entry] : this.all.with(known, entry));
    return ok(null);
  }
}
