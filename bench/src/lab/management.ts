import { c, decoder, encoder } from '@fabrica/core/candid';

/** What the benchmarks use of the management canister; the rest of its records is left out. */
const Create = c.record({ amount: c.opt(c.nat) });
const Created = c.record({ canister_id: c.principal });
const Install = c.record({
  mode: c.variant({ install: c.null, upgrade: c.null }),
  canister_id: c.principal,
  wasm_module: c.blob({ max: 10_000_000 }),
  arg: c.blob({ max: 10_000_000 }),
});

export const encodeCreate = encoder([Create]);
export const decodeCreated = decoder([Created]);
export const encodeInstall = encoder([Install]);
