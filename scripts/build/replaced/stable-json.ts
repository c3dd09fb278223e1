/**
 * Stands in for azle's `stable_json` inside canisters: values lie in stable memory as Candid, and of JSON
 * only what `console` prints is left.
 */
export const jsonReplacer = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

export const jsonReviver = (_key: string, value: unknown): unknown => value;

export const stableJson = {};
