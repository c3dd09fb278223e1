import { c, service, update } from '../../candid/index.ts';

const canisterId = c.record({ canister_id: c.principal });
const chunk = c.record({ hash: c.blob({ max: 32 }) });

/**
 * What the kernel uses of the management canister; fields it does not use are left out, as Candid allows.
 * Source: https://internetcomputer.org/docs/references/ic-interface-spec#ic-management-canister
 */
export const Management = service('management', {
  create_canister: update(
    [
      c.record({
        settings: c.opt(c.record({ controllers: c.opt(c.vec(c.principal, { max: 10 })) })),
      }),
    ],
    canisterId,
  ),
  update_settings: update(
    [
      c.record({
        canister_id: c.principal,
        settings: c.record({ controllers: c.opt(c.vec(c.principal, { max: 10 })) }),
      }),
    ],
    null,
  ),
  install_chunked_code: update(
    [
      c.record({
        mode: c.variant({ install: c.null, reinstall: c.null }),
        target_canister: c.principal,
        store_canister: c.opt(c.principal),
        chunk_hashes_list: c.vec(chunk, { max: 100 }),
        wasm_module_hash: c.blob({ max: 32 }),
        arg: c.blob({ max: 250_000 }),
      }),
    ],
    null,
  ),
  uninstall_code: update([canisterId], null),
  canister_status: update(
    [canisterId],
    c.record({
      module_hash: c.opt(c.blob({ max: 32 })),
      settings: c.record({ controllers: c.vec(c.principal, { max: 10 }) }),
      cycles: c.nat,
    }),
  ),
  upload_chunk: update(
    [c.record({ canister_id: c.principal, chunk: c.blob({ max: 1_048_576 }) })],
    chunk,
  ),
  stored_chunks: update([canisterId], c.vec(chunk, { max: 100 })),
});

/** The management canister's id, `aaaaa-aa`: no bytes. */
export const MANAGEMENT_ID = new Uint8Array();
