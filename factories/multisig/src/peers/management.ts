import { c, service, update } from '@fabrica/core/candid';

const CanisterId = c.record({ canister_id: c.principal });
const Chunk = c.record({ hash: c.blob({ max: 32 }) });

/**
 * What a wallet calls of the management canister; fields it does not use are left out, as Candid allows.
 * Source: https://internetcomputer.org/docs/references/ic-interface-spec#ic-management-canister
 */
export const Management = service('management', {
  start_canister: update([CanisterId], null),
  stop_canister: update([CanisterId], null),
  deposit_cycles: update([CanisterId], null),
  clear_chunk_store: update([CanisterId], null),
  update_settings: update(
    [
      c.record({
        canister_id: c.principal,
        settings: c.record({
          controllers: c.opt(c.vec(c.principal, { max: 10 })),
          compute_allocation: c.opt(c.nat),
          memory_allocation: c.opt(c.nat),
          freezing_threshold: c.opt(c.nat),
        }),
      }),
    ],
    null,
  ),
  install_chunked_code: update(
    [
      c.record({
        mode: c.variant({ install: c.null, reinstall: c.null, upgrade: c.null }),
        target_canister: c.principal,
        chunk_hashes_list: c.vec(Chunk, { max: 100 }),
        wasm_module_hash: c.blob({ max: 32 }),
        arg: c.blob({ max: 100_000 }),
      }),
    ],
    null,
  ),
  upload_chunk: update(
    [c.record({ canister_id: c.principal, chunk: c.blob({ max: 1_048_576 }) })],
    Chunk,
  ),
});

/** The management canister's id, `aaaaa-aa`: no bytes. */
export const MANAGEMENT_ID = new Uint8Array();
