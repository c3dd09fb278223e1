import { canisterInfo } from './canister-info.ts';
import { canisterStatus } from './canister-status.ts';
import { clearChunkStore, storedChunks, uploadChunk } from './chunks.ts';
import type { Context } from './call.ts';
import { createCanister, provisionalCreateCanisterWithCycles } from './create-canister.ts';
import { depositCycles, provisionalTopUpCanister } from './cycles.ts';
import { deleteCanister } from './delete-canister.ts';
import { fetchCanisterLogs } from './fetch-canister-logs.ts';
import type { ManagementMethod } from './idl.ts';
import { installChunkedCode, installCode } from './install-code.ts';
import { rawRand } from './raw-rand.ts';
import {
  deleteCanisterSnapshot,
  listCanisterSnapshots,
  loadCanisterSnapshot,
  takeCanisterSnapshot,
} from './snapshots.ts';
import { startCanister, stopCanister } from './start-stop.ts';
import { uninstallCode } from './uninstall.ts';
import { updateSettings } from './update-settings.ts';

/** A method: who may call it, and what it does. Its result is encoded by its Candid type. */
interface Method {
  readonly canistersOnly: boolean;
  /** Whether callers outside must control the canister that the argument names. */
  readonly controllersOnly: boolean;
  /** Whether it can be called as a query. */
  readonly query: boolean;
  readonly run: (context: Context, argument: never) => unknown;
}

const anyone = (run: Method['run']): Method => method(run, {});
const canisters = (run: Method['run']): Method => method(run, { canistersOnly: true });
const controllers = (run: Method['run']): Method => method(run, { controllersOnly: true });

function method(run: Method['run'], access: Partial<Method>): Method {
  return { canistersOnly: false, controllersOnly: false, query: false, ...access, run };
}

/** Every method. */
export const METHODS: Readonly<Record<ManagementMethod, Method>> = {
  create_canister: canisters(createCanister),
  provisional_create_canister_with_cycles: anyone(provisionalCreateCanisterWithCycles),
  provisional_top_up_canister: anyone(provisionalTopUpCanister),
  update_settings: controllers(updateSettings),
  install_code: controllers(installCode),
  install_chunked_code: controllers(installChunkedCode),
  upload_chunk: controllers(uploadChunk),
  clear_chunk_store: controllers(clearChunkStore),
  stored_chunks: controllers(storedChunks),
  uninstall_code: controllers(uninstallCode),
  start_canister: controllers(startCanister),
  stop_canister: controllers(stopCanister),
  delete_canister: controllers(deleteCanister),
  deposit_cycles: canisters(depositCycles),
  raw_rand: canisters(rawRand),
  canister_info: canisters(canisterInfo),
  canister_status: method(canisterStatus, { controllersOnly: true, query: true }),
  take_canister_snapshot: controllers(takeCanisterSnapshot),
  load_canister_snapshot: controllers(loadCanisterSnapshot),
  list_canister_snapshots: method(listCanisterSnapshots, { controllersOnly: true, query: true }),
  delete_canister_snapshot: controllers(deleteCanisterSnapshot),
  fetch_canister_logs: method(fetchCanisterLogs, { query: true }),
};
