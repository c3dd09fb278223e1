import { ok, type Result } from '@fabrica/core';
import { c, type Infer } from '@fabrica/core/candid';
import { Cell, equal, stored, type ByteStore } from '@fabrica/core/store';

import { gatewayErrors } from '../../errors.ts';

/** Ledgers besides the gateway's own, at most. */
export const MAX_LEDGERS = 20;

/** A ledger that orders may be paid in besides the gateway's own. */
const Registration = c.record({
  /** Names the ledger in settings, as in `token.fee.ckbtc`. */
  id: c.text({ max: 16 }),
  canister: c.principal,
  registeredAt: c.nat64,
});
type Registration = Infer<typeof Registration>;

/** The whitelisted ledgers. One is never taken off the list, nor moved: fees and books are kept in it; it is disabled. */
export class Ledgers {
  readonly #list: Cell<readonly Registration[]>;

  constructor(space: ByteStore) {
    this.#list = new Cell(space, stored(1, c.vec(Registration, { max: MAX_LEDGERS })), []);
  }

  get all(): readonly Registration[] {
    return this.#list.get();
  }

  /** The id of a ledger, or `null`. */
  idOf(canister: Uint8Array): string | null {
    return this.all.find((ledger) => equal(ledger.canister, canister))?.id ?? null;
  }

  /** True if the id is registered. */
  readonly has = (id: string): boolean => this.all.some((ledger) => ledger.id === id);

  register(id: string, canister: Uint8Array, own: Uint8Array, now: bigint): Result<null> {
    if (!/^[a-z][a-z0-9]{0,15}$/.test(id))
      return gatewayErrors.bad_ledger_id({ ledger: id.slice(0, 40) });
    if (this.has(id) || this.idOf(canister) !== null || equal(canister, own))
      return gatewayErrors.ledger_registered();
    if (this.all.length >= MAX_LEDGERS)
      return gatewayErrors.too_many_ledgers({ most: MAX_LEDGERS });
    this.#list.set([...this.all, { id, canister, registeredAt: now }]);
    return ok(null);
  }
}

/** The ledger an order is to be paid in, and its id; no id for the gateway's own. */
export interface ChosenLedger {
  readonly ledger: Uint8Array;
  readonly id: string | null;
}

/** Which ledger an order names; the gateway's own if none. Refused where orders are not taken in it. */
export function chooseLedger(
  named: Uint8Array | null,
  own: Uint8Array,
  ledgers: Ledgers,
  isEnabled: (id: string) => boolean,
): Result<ChosenLedger> {
  if (named === null || equal(named, own)) return ok({ ledger: own, id: null });
  const id = ledgers.idOf(named);
  return id === null || !isEnabled(id) ? gatewayErrors.unknown_ledger() : ok({ ledger: named, id });
}
