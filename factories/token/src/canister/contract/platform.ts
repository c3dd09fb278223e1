import { c, update } from '@fabrica/core/candid';

/*
 * What a ledger asks of the management canister. Apart from the kernel's own list, which is five times as long:
 * contracts parse what they import at every installation.
 * https://internetcomputer.org/docs/references/ic-interface-spec#ic-management-canister
 */

/** The management canister's id, `aaaaa-aa`: no bytes. */
export const MANAGEMENT = new Uint8Array();

const canister = { canister_id: c.principal };
const settings = c.record({ controllers: c.opt(c.vec(c.principal)) });

const method = <const Spec extends object, const Name extends string>(name: Name, spec: Spec) => ({
  ...spec,
  name,
});

export const createCanister = method(
  'create_canister',
  update([c.record({ settings: c.opt(settings) })], c.record(canister)),
);

export const updateSettings = method(
  'update_settings',
  update([c.record({ ...canister, settings })], null),
);

export const depositCycles = method('deposit_cycles', update([c.record(canister)], null));
