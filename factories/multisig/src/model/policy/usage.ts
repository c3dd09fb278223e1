import type { Refused } from '@fabrica/core';
import { c } from '@fabrica/core/candid';
import { equal, stored, Table, type ByteStore } from '@fabrica/core/store';

import { multisigErrors } from '../../errors.ts';
import type { Limit } from '../../schemas/policy.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { dayOf } from '../time.ts';
import type { Subject } from './subject.ts';

const Spent = c.record({ day: c.nat32, amount: c.nat });

/** What an execution took of a daily limit. */
export interface Charge {
  readonly ledger: Uint8Array;
  readonly amount: bigint;
  /** Day of UTC, counted from the epoch. */
  readonly day: number;
}

/** What has left today of each limited token. A new day finds nothing spent, without anybody resetting it. */
export class Usage {
  readonly #spent: Table<{ readonly day: number; readonly amount: bigint }>;

  constructor(space: ByteStore) {
    this.#spent = new Table(space, stored(1, Spent));
  }

  /** What was spent of a token on `day`. */
  spent(ledger: Uint8Array, day: number): bigint {
    const spent = this.#spent.get(ledger);
    return spent !== null && spent.day === day ? spent.amount : 0n;
  }

  charge({ ledger, amount, day }: Charge): void {
    this.#spent.set(ledger, { day, amount: this.spent(ledger, day) + amount });
  }

  /** Gives back what surely was not spent. What was charged on another day is past anyhow. */
  refund({ ledger, amount, day }: Charge): void {
    const spent = this.spent(ledger, day);
    if (spent >= amount) this.#spent.set(ledger, { day, amount: spent - amount });
  }
}

/** The limit that holds for a token, or `null`. */
export function limitOf({ limits }: WalletConfig, ledger: Uint8Array): Limit | null {
  return limits.find((limit) => equal(limit.ledger, ledger)) ?? null;
}

/** What an action takes of its token's daily limit; `null` if it takes nothing or nothing is limited. */
export function chargeOf(
  config: WalletConfig,
  { target, amount }: Subject,
  now: bigint,
): Charge | null {
  if (target === null || amount === null) return null;
  const limit = limitOf(config, target);
  if (limit === null || limit.perDay === null) return null;
  return { ledger: target, amount, day: dayOf(now) };
}

/**
 * Why an action would exceed its token's limit, or `null`.
 *
 * @param spent what is spent of the token today already.
 */
export function refuseSpending(
  config: WalletConfig,
  { target, amount }: Subject,
  spent: bigint,
  position: number,
): Refused | null {
  const limit = target === null || amount === null ? null : limitOf(config, target);
  if (limit === null || amount === null) return null;
  const { perTransfer, perDay } = limit;
  if (perTransfer !== null && amount > perTransfer) {
    return multisigErrors.limit_per_transfer({ position, amount, max: perTransfer });
  }
  if (perDay === null || spent + amount <= perDay) return null;
  const left = perDay > spent ? perDay - spent : 0n;
  return multisigErrors.limit_per_day({ position, amount, left, max: perDay });
}
