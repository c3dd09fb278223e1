import { c, service, update } from '../../candid/index.ts';

const canisterId = c.record({ canister_id: c.principal });
const snapshot = c.record({ id: c.blob({ max: 64 }), taken_at_timestamp: c.nat64 });
const snapshotOf = c.record({ canister_id: c.principal, snapshot_id: c.blob({ max: 64 }) });
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
        mode: c.variant({
          install: c.null,
          reinstall: c.null,
          upgrade: c.opt(c.record({ skip_pre_upgrade: c.opt(c.bool) })),
        }),
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
      status: c.variant({ running: c.null, stopping: c.null, stopped: c.null }),
      module_hash: c.opt(c.blob({ max: 32 })),
      settings: c.record({
        controllers: c.vec(c.principal, { max: 10 }),
        freezing_threshold: c.nat,
      }),
      cycles: c.nat,
      idle_cycles_burned_per_day: c.nat,
    }),
  ),
  upload_chunk: update(
    [c.record({ canister_id: c.principal, chunk: c.blob({ max: 1_048_576 }) })],
    chunk,
  ),
  canister_info: update(
    [c.record({ canister_id: c.principal, num_requested_changes: c.opt(c.nat64) })],
    c.record({
      module_hash: c.opt(c.blob({ max: 32 })),
      controllers: c.vec(c.principal, { max: 10 }),
    }),
  ),
  stop_canister: update([canisterId], null),
  start_canister: update([canisterId], null),
  take_canister_snapshot: update([canisterId], snapshot),
  list_canister_snapshots: update([canisterId], c.vec(snapshot, { max: 100 })),
  load_canister_snapshot: update([snapshotOf], null),
  delete_canister_snapshot: update([snapshotOf], null),
  stored_chunks: update([canisterId], c.vec(chunk, { max: 100 })),
});

/** The management canister's id, `aaaaa-aa`: no bytes. */
export const MANAGEMENT_ID = new Uint8Array();
