import { c, type Infer } from '@fabrica/core/candid';

import { MAX_OPEN } from '../orders/overview.ts';
import { MAX_ARGS_BYTES } from '../saga/order.ts';

/** The value of a setting. Amounts are in the fee ledger's smallest unit. */
export const ConfigValue = c.named('ConfigValue', c.variant({ Bool: c.bool, Nat: c.nat }));
export type ConfigValue = Infer<typeof ConfigValue>;

/** A setting: its type by its default, its range, and what it does. */
export interface KeySpec {
  readonly initial: ConfigValue;
  /** Both ends belong to the range. `null` for a Bool. */
  readonly range: { readonly least: bigint; readonly most: bigint } | null;
  readonly meaning: string;
}

/** Settings of the gateway. */
export const GATEWAY_KEYS = {
  maintenance: flag(false, 'No new orders are taken; open ones go on.'),
  emergency_stop: flag(
    false,
    'No new orders are taken, and nothing is charged, deployed or refunded.',
  ),
  max_open_requests_per_user: nat(5n, 1n, 100n, 'Open requests a user may have.'),
  max_open_requests: nat(500n, 1n, BigInt(MAX_OPEN), 'Open requests of all users together.'),
  max_args_bytes: nat(
    100_000n,
    100n,
    BigInt(MAX_ARGS_BYTES),
    'Largest arguments of an order, in bytes.',
  ),
  cooldown_seconds: nat(0n, 0n, 86_400n, 'Seconds between two orders of one user.'),
  max_calls_per_minute: nat(
    60n,
    1n,
    10_000n,
    'Calls of one principal that change something, in a minute.',
  ),
  quote_seconds: nat(
    300n,
    60n,
    3_600n,
    'Seconds a quote holds; a changed fee takes effect that much later.',
  ),
} as const;
export type GatewayKey = keyof typeof GATEWAY_KEYS;

/** Settings of each factory, named `<factory>.<key>`. */
export const FACTORY_KEYS = {
  enabled: flag(true, 'Orders are taken.'),
  fee: nat(
    0n,
    0n,
    10n ** 30n,
    'What an order costs. Nothing can be ordered while it is 0, unless the factory is free.',
  ),
  free: flag(false, 'Orders cost nothing, whatever the fee says.'),
} as const;
export type FactoryKey = keyof typeof FACTORY_KEYS;

/** Settings of each whitelisted ledger besides the gateway's own, named `ledger.<id>.<key>`. */
export const LEDGER_KEYS = {
  enabled: flag(true, 'Orders may be paid in it.'),
} as const;

/** What names in keys may stand for. */
export interface Names {
  readonly isFactory: (id: string) => boolean;
  readonly isLedger: (id: string) => boolean;
}

/** Name of the fee of a factory: in the gateway's own ledger, or in another by its id. */
export function feeKey(factory: string, ledger: string | null): string {
  return ledger === null ? `${factory}.fee` : `${factory}.fee.${ledger}`;
}

/** True for the names that {@link feeKey} gives. */
export function isFeeKey(key: string): boolean {
  return key.split('.')[1] === 'fee';
}

/** The spec of a key, or `null` if there is no such setting for these factories and ledgers. */
export function specOf(key: string, { isFactory, isLedger }: Names): KeySpec | null {
  if (Object.hasOwn(GATEWAY_KEYS, key)) return GATEWAY_KEYS[key as GatewayKey];
  const [first = '', second = '', third, ...more] = key.split('.');
  if (more.length > 0) return null;
  if (third === undefined) {
    const known = Object.hasOwn(FACTORY_KEYS, second) && isFactory(first);
    return known ? FACTORY_KEYS[second as FactoryKey] : null;
  }
  if (second === 'fee') return isFactory(first) && isLedger(third) ? FACTORY_KEYS.fee : null;
  const known = first === 'ledger' && third === 'enabled' && isLedger(second);
  return known ? LEDGER_KEYS.enabled : null;
}

function flag(initial: boolean, meaning: string): KeySpec {
  return { initial: { Bool: initial }, range: null, meaning };
}

function nat(initial: bigint, least: bigint, most: bigint, meaning: string): KeySpec {
  return { initial: { Nat: initial }, range: { least, most }, meaning };
}
