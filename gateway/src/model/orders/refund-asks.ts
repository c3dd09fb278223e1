import { c, type Infer } from '@fabrica/core/candid';
import { Table, stored, u32, type ByteStore } from '@fabrica/core/store';
import type { Refused } from '@fabrica/core';

import { gatewayErrors } from '../../errors.ts';

const SECOND = 1_000_000_000n;
/** Seconds between two asks for the same refund. */
const PAUSE = 60n;

/** That a user asked for a refund which does not come, and what an administrator said to it. */
export const RefundAsk = c.named(
  'RefundAsk',
  c.record({
    /** When the user last asked, in nanoseconds since the epoch. */
    at: c.nat64,
    times: c.nat32,
    reason: c.text({ max: 200 }),
    /** Set when an administrator turned it down; the order stays open, and the user may ask again. */
    rejected: c.opt(c.record({ at: c.nat64, by: c.principal, reason: c.text({ max: 200 }) })),
  }),
);
export type RefundAsk = Infer<typeof RefundAsk>;

/** Asks for refunds, by order. */
export class RefundAsks {
  readonly #asks: Table<RefundAsk>;

  constructor(space: ByteStore) {
    this.#asks = new Table(space, stored(1, RefundAsk));
  }

  get(order: number): RefundAsk | null {
    return this.#asks.get(u32(order));
  }

  /** Notes that the user asks; refused if he asked within the last minute. */
  ask(order: number, reason: string, now: bigint): Refused | null {
    const before = this.get(order);
    const ready = before === null ? 0n : before.at + PAUSE * SECOND;
    if (now < ready) return gatewayErrors.asked_already({ wait: (ready - now) / SECOND + 1n });
    const times = (before?.times ?? 0) + 1;
    this.#asks.set(u32(order), { at: now, times, reason, rejected: null });
    return null;
  }

  /** Notes that an administrator turns the ask down; refused if nobody asked. */
  reject(order: number, by: Uint8Array, reason: string, now: bigint): Refused | null {
    const ask = this.get(order);
    if (ask === null) return gatewayErrors.nobody_asked();
    this.#asks.set(u32(order), { ...ask, rejected: { at: now, by, reason } });
    return null;
  }
}
