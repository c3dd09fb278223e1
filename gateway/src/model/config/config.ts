import { ok, type Result } from '@fabrica/core';
import { c, type Infer } from '@fabrica/core/candid';
import { Cell, Sequence, stored, type ByteStore } from '@fabrica/core/store';

import { gatewayErrors } from '../../errors.ts';
import {
  ConfigValue,
  FACTORY_KEYS,
  feeKey,
  GATEWAY_KEYS,
  isFeeKey,
  LEDGER_KEYS,
  specOf,
  type FactoryKey,
  type GatewayKey,
  type Names,
} from './keys.ts';

const Key = c.text({ max: 64 });

/** One change of a setting. */
export const ConfigChange = c.named(
  'ConfigChange',
  c.record({
    /** Nanoseconds since the epoch. */
    at: c.nat64,
    by: c.principal,
    key: Key,
    /** What held before: the default, if nothing was set. */
    old: ConfigValue,
    new: ConfigValue,
  }),
);
export type ConfigChange = Infer<typeof ConfigChange>;

const Setting = c.record({ key: Key, value: ConfigValue, old: ConfigValue, effectiveAt: c.nat64 });
type Setting = Infer<typeof Setting>;

const SECOND = 1_000_000_000n;

/**
 * The settings. Every one has a type, a range and a default, so that none can be absent or unreadable. A changed fee
 * takes effect when the last quote given before the change has expired; everything else at once.
 */
export class Config {
  readonly #settings: Cell<readonly Setting[]>;
  readonly #history: Sequence<ConfigChange>;
  /** By key; lost and rebuilt with the heap. */
  #byKey: Map<string, Setting> | undefined;

  constructor(settings: ByteStore, history: ByteStore) {
    this.#settings = new Cell(settings, stored(1, c.vec(Setting, { max: 1_000 })), []);
    this.#history = new Sequence(history, stored(1, ConfigChange));
  }

  /** Changes, oldest first. */
  get history(): Pick<Sequence<ConfigChange>, 'length' | 'page'> {
    return this.#history;
  }

  flag(key: GatewayKey): boolean {
    return boolOf(this.#value(key) ?? GATEWAY_KEYS[key].initial);
  }

  nat(key: GatewayKey): bigint {
    return natOf(this.#value(key) ?? GATEWAY_KEYS[key].initial);
  }

  factoryFlag(factory: string, key: FactoryKey): boolean {
    return boolOf(this.#value(`${factory}.${key}`) ?? FACTORY_KEYS[key].initial);
  }

  /** True if orders may be paid in the whitelisted ledger of that id. */
  ledgerEnabled(ledger: string): boolean {
    return boolOf(this.#value(`ledger.${ledger}.enabled`) ?? LEDGER_KEYS.enabled.initial);
  }

  /**
   * What an order costs at `now`, free or not, and until when that is sure, in nanoseconds.
   *
   * @param ledger id of a whitelisted ledger; `null` for the gateway's own.
   */
  fee(
    factory: string,
    ledger: string | null,
    now: bigint,
  ): { readonly fee: bigint; readonly until: bigint } {
    return this.#feeAt(feeKey(factory, ledger), now);
  }

  #feeAt(key: string, now: bigint): { readonly fee: bigint; readonly until: bigint } {
    const until = now + this.nat('quote_seconds') * SECOND;
    const setting = this.#find(key);
    if (setting === undefined) return { fee: natOf(FACTORY_KEYS.fee.initial), until };
    if (now >= setting.effectiveAt) return { fee: natOf(setting.value), until };
    return {
      fee: natOf(setting.old),
      until: setting.effectiveAt < until ? setting.effectiveAt : until,
    };
  }

  /** The value that a key has, or will have when its notice is over. */
  get(key: string, names: Names): Result<ConfigValue> {
    const spec = specOf(key, names);
    return spec === null
      ? gatewayErrors.unknown_key({ key })
      : ok(this.#value(key) ?? spec.initial);
  }

  set(
    key: string,
    value: ConfigValue,
    by: { readonly principal: Uint8Array; readonly now: bigint },
    names: Names,
  ): Result<ConfigChange> {
    const spec = specOf(key, names);
    if (spec === null) return gatewayErrors.unknown_key({ key });
    const type = 'Bool' in spec.initial ? 'Bool' : 'Nat';
    if (!(type in value)) return gatewayErrors.wrong_type({ key, type });
    if (spec.range !== null && 'Nat' in value) {
      const { least, most } = spec.range;
      if (value.Nat < least || value.Nat > most)
        return gatewayErrors.out_of_range({ key, least, most });
    }
    const change: ConfigChange = {
      at: by.now,
      by: by.principal,
      key,
      old: this.#value(key) ?? spec.initial,
      new: value,
    };
    this.#put({ key, value, ...this.#notice(key, change, by.now) });
    this.#history.append(change);
    return ok(change);
  }

  /** What holds during the notice of a changed fee. A fee of 0 was never quoted, so leaving it needs no notice. */
  #notice(key: string, change: ConfigChange, now: bigint): Pick<Setting, 'old' | 'effectiveAt'> {
    if (!isFeeKey(key)) return { old: change.old, effectiveAt: now };
    const { fee } = this.#feeAt(key, now);
    const effectiveAt = fee === 0n ? now : now + this.nat('quote_seconds') * SECOND;
    return { old: { Nat: fee }, effectiveAt };
  }

  #put(setting: Setting): void {
    const others = this.#settings.get().filter(({ key }) => key !== setting.key);
    this.#settings.set([...others, setting]);
    this.#byKey = undefined;
  }

  #value(key: string): ConfigValue | undefined {
    return this.#find(key)?.value;
  }

  #find(key: string): Setting | undefined {
    this.#byKey ??= new Map(this.#settings.get().map((setting) => [setting.key, setting]));
    return this.#byKey.get(key);
  }
}

function boolOf(value: ConfigValue): boolean {
  return 'Bool' in value && value.Bool;
}

function natOf(value: ConfigValue): bigint {
  return 'Nat' in value ? value.Nat : 0n;
}
