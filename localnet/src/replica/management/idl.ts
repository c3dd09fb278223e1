import { IDL } from '@dfinity/candid';

/**
 * Candid types of the management canister, after the interface specification's `ic.did`. Arguments
 * are decoded by subtyping, so older clients' records, and the older `upgrade : null`, fit as well.
 */
const Blob = IDL.Vec(IDL.Nat8);
const CanisterId = IDL.Principal;
const OnlyId = IDL.Record({ canister_id: CanisterId });
const VersionedId = IDL.Record({
  canister_id: CanisterId,
  sender_canister_version: IDL.Opt(IDL.Nat64),
});

const LogVisibility = IDL.Variant({
  controllers: IDL.Null,
  public: IDL.Null,
  allowed_viewers: IDL.Vec(IDL.Principal),
});
const SnapshotVisibility = LogVisibility;
const EnvironmentVariable = IDL.Record({ name: IDL.Text, value: IDL.Text });

const Settings = IDL.Record({
  controllers: IDL.Opt(IDL.Vec(IDL.Principal)),
  compute_allocation: IDL.Opt(IDL.Nat),
  memory_allocation: IDL.Opt(IDL.Nat),
  freezing_threshold: IDL.Opt(IDL.Nat),
  reserved_cycles_limit: IDL.Opt(IDL.Nat),
  log_visibility: IDL.Opt(LogVisibility),
  snapshot_visibility: IDL.Opt(SnapshotVisibility),
  wasm_memory_limit: IDL.Opt(IDL.Nat),
  wasm_memory_threshold: IDL.Opt(IDL.Nat),
  environment_variables: IDL.Opt(IDL.Vec(EnvironmentVariable)),
});

const DefiniteSettings = IDL.Record({
  controllers: IDL.Vec(IDL.Principal),
  compute_allocation: IDL.Nat,
  memory_allocation: IDL.Nat,
  freezing_threshold: IDL.Nat,
  reserved_cycles_limit: IDL.Nat,
  log_visibility: LogVisibility,
  snapshot_visibility: SnapshotVisibility,
  wasm_memory_limit: IDL.Nat,
  wasm_memory_threshold: IDL.Nat,
  environment_variables: IDL.Vec(EnvironmentVariable),
});

const InstallMode = IDL.Variant({
  install: IDL.Null,
  reinstall: IDL.Null,
  upgrade: IDL.Opt(
    IDL.Record({
      skip_pre_upgrade: IDL.Opt(IDL.Bool),
      wasm_memory_persistence: IDL.Opt(IDL.Variant({ keep: IDL.Null, replace: IDL.Null })),
    }),
  ),
});

const ChunkHash = IDL.Record({ hash: Blob });
const SnapshotId = Blob;
const Snapshot = IDL.Record({
  id: SnapshotId,
  taken_at_timestamp: IDL.Nat64,
  total_size: IDL.Nat64,
});

const Origin = IDL.Variant({
  from_user: IDL.Record({ user_id: IDL.Principal }),
  from_canister: IDL.Record({
    canister_id: IDL.Principal,
    canister_version: IDL.Opt(IDL.Nat64),
  }),
});

const Change = IDL.Record({
  timestamp_nanos: IDL.Nat64,
  canister_version: IDL.Nat64,
  origin: Origin,
  details: IDL.Variant({
    creation: IDL.Record({ controllers: IDL.Vec(IDL.Principal) }),
    code_uninstall: IDL.Null,
    code_deployment: IDL.Record({
      mode: IDL.Variant({ install: IDL.Null, reinstall: IDL.Null, upgrade: IDL.Null }),
      module_hash: Blob,
    }),
    load_snapshot: IDL.Record({
      canister_version: IDL.Nat64,
      snapshot_id: SnapshotId,
      taken_at_timestamp: IDL.Nat64,
    }),
    controllers_change: IDL.Record({ controllers: IDL.Vec(IDL.Principal) }),
  }),
});

const Status = IDL.Variant({ running: IDL.Null, stopping: IDL.Null, stopped: IDL.Null });

/** Argument and result of each method. */
export const MANAGEMENT_TYPES = {
  create_canister: {
    args: [
      IDL.Record({
        settings: IDL.Opt(Settings),
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [OnlyId],
  },
  provisional_create_canister_with_cycles: {
    args: [
      IDL.Record({
        amount: IDL.Opt(IDL.Nat),
        settings: IDL.Opt(Settings),
        specified_id: IDL.Opt(CanisterId),
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [OnlyId],
  },
  provisional_top_up_canister: {
    args: [IDL.Record({ canister_id: CanisterId, amount: IDL.Nat })],
    result: [],
  },
  update_settings: {
    args: [
      IDL.Record({
        canister_id: CanisterId,
        settings: Settings,
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [],
  },
  install_code: {
    args: [
      IDL.Record({
        mode: InstallMode,
        canister_id: CanisterId,
        wasm_module: Blob,
        arg: Blob,
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [],
  },
  install_chunked_code: {
    args: [
      IDL.Record({
        mode: InstallMode,
        target_canister: CanisterId,
        store_canister: IDL.Opt(CanisterId),
        chunk_hashes_list: IDL.Vec(ChunkHash),
        wasm_module_hash: Blob,
        arg: Blob,
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [],
  },
  upload_chunk: {
    args: [IDL.Record({ canister_id: CanisterId, chunk: Blob })],
    result: [ChunkHash],
  },
  clear_chunk_store: { args: [OnlyId], result: [] },
  stored_chunks: { args: [OnlyId], result: [IDL.Vec(ChunkHash)] },
  uninstall_code: { args: [VersionedId], result: [] },
  start_canister: { args: [OnlyId], result: [] },
  stop_canister: { args: [OnlyId], result: [] },
  delete_canister: { args: [OnlyId], result: [] },
  deposit_cycles: { args: [OnlyId], result: [] },
  raw_rand: { args: [], result: [Blob] },
  canister_info: {
    args: [IDL.Record({ canister_id: CanisterId, num_requested_changes: IDL.Opt(IDL.Nat64) })],
    result: [
      IDL.Record({
        total_num_changes: IDL.Nat64,
        recent_changes: IDL.Vec(Change),
        module_hash: IDL.Opt(Blob),
        controllers: IDL.Vec(IDL.Principal),
      }),
    ],
  },
  canister_status: {
    args: [OnlyId],
    result: [
      IDL.Record({
        status: Status,
        ready_for_migration: IDL.Bool,
        version: IDL.Nat64,
        settings: DefiniteSettings,
        module_hash: IDL.Opt(Blob),
        memory_size: IDL.Nat,
        memory_metrics: IDL.Record({
          wasm_memory_size: IDL.Nat,
          stable_memory_size: IDL.Nat,
          global_memory_size: IDL.Nat,
          wasm_binary_size: IDL.Nat,
          custom_sections_size: IDL.Nat,
          canister_history_size: IDL.Nat,
          wasm_chunk_store_size: IDL.Nat,
          snapshots_size: IDL.Nat,
        }),
        cycles: IDL.Nat,
        reserved_cycles: IDL.Nat,
        idle_cycles_burned_per_day: IDL.Nat,
        query_stats: IDL.Record({
          num_calls_total: IDL.Nat,
          num_instructions_total: IDL.Nat,
          request_payload_bytes_total: IDL.Nat,
          response_payload_bytes_total: IDL.Nat,
        }),
      }),
    ],
  },
  take_canister_snapshot: {
    args: [
      IDL.Record({
        canister_id: CanisterId,
        replace_snapshot: IDL.Opt(SnapshotId),
        uninstall_code: IDL.Opt(IDL.Bool),
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [Snapshot],
  },
  load_canister_snapshot: {
    args: [
      IDL.Record({
        canister_id: CanisterId,
        snapshot_id: SnapshotId,
        sender_canister_version: IDL.Opt(IDL.Nat64),
      }),
    ],
    result: [],
  },
  list_canister_snapshots: { args: [OnlyId], result: [IDL.Vec(Snapshot)] },
  delete_canister_snapshot: {
    args: [IDL.Record({ canister_id: CanisterId, snapshot_id: SnapshotId })],
    result: [],
  },
  fetch_canister_logs: {
    args: [OnlyId],
    result: [
      IDL.Record({
        canister_log_records: IDL.Vec(
          IDL.Record({ idx: IDL.Nat64, timestamp_nanos: IDL.Nat64, content: Blob }),
        ),
      }),
    ],
  },
} as const satisfies Record<string, { args: readonly IDL.Type[]; result: readonly IDL.Type[] }>;

/** A method that this management canister implements. */
export type ManagementMethod = keyof typeof MANAGEMENT_TYPES;

/** Methods of the interface specification that are known here but not implemented. */
export const UNSUPPORTED_METHODS: ReadonlySet<string> = new Set([
  'bitcoin_get_balance',
  'bitcoin_get_block_headers',
  'bitcoin_get_current_fee_percentiles',
  'bitcoin_get_utxos',
  'bitcoin_send_transaction',
  'canister_metadata',
  'ecdsa_public_key',
  'http_request',
  'node_metrics_history',
  'read_canister_snapshot_data',
  'read_canister_snapshot_metadata',
  'schnorr_public_key',
  'sign_with_ecdsa',
  'sign_with_schnorr',
  'subnet_info',
  'upload_canister_snapshot_data',
  'upload_canister_snapshot_metadata',
  'vetkd_derive_key',
  'vetkd_public_key',
]);
