import { c, type Infer } from '@fabrica/core/candid';

import type { Config } from './config.ts';
import {
  ConfigValue,
  FACTORY_KEYS,
  feeKey,
  GATEWAY_KEYS,
  LEDGER_KEYS,
  type KeySpec,
} from './keys.ts';

/** A setting with all there is to know of it. */
export const ConfigEntry = c.named(
  'ConfigEntry',
  c.record({
    key: c.text({ max: 64 }),
    value: ConfigValue,
    initial: ConfigValue,
    /** Both ends belong to the range; `null` for a Bool. */
    range: c.opt(c.record({ least: c.nat, most: c.nat })),
    meaning: c.text({ max: 200 }),
  }),
);
export type ConfigEntry = Infer<typeof ConfigEntry>;

/** All settings: the gateway's, then those of each factory and of each ledger. */
export function listConfig(
  config: Config,
  factories: readonly string[],
  ledgers: readonly string[],
): ConfigEntry[] {
  const specs: [string, KeySpec][] = Object.entries(GATEWAY_KEYS);
  for (const factory of factories) {
    for (const [key, spec] of Object.entries(FACTORY_KEYS)) specs.push([`${factory}.${key}`, spec]);
    for (const ledger of ledgers) specs.push([feeKey(factory, ledger), FACTORY_KEYS.fee]);
  }
  for (const ledger of ledgers) specs.push([`ledger.${ledger}.enabled`, LEDGER_KEYS.enabled]);
  const every = { isFactory: () => true, isLedger: () => true };
  return specs.map(([key, { initial, range, meaning }]) => {
    const value = config.get(key, every);
    return { key, value: 'Ok' in value ? value.Ok : initial, initial, range, meaning };
  });
}
