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

/** The spec of a key, or `null` if there is no such setting for these factories. */
export function specOf(key: string, isFactory: (id: string) => boolean): KeySpec | null {
  if (Object.hasOwn(GATEWAY_KEYS, key)) return GATEWAY_KEYS[key as GatewayKey];
  const dot = key.lastIndexOf('.');
  const name = key.slice(dot + 1);
  if (dot < 1 || !Object.hasOwn(FACTORY_KEYS, name) || !isFactory(key.slice(0, dot))) return null;
  return FACTORY_KEYS[name as FactoryKey];
}

function flag(initial: boolean, meaning: string): KeySpec {
  return { initial: { Bool: initial }, range: null, meaning };
}

function nat(initial: bigint, least: bigint, most: bigint, meaning: string): KeySpec {
  return { initial: { Nat: initial }, range: { least, most }, meaning };
}
