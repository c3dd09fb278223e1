import type { Principal } from '@dfinity/principal';

import { moduleHash } from '../../wasm/index.ts';
import { Refused } from '../errors/rejection.ts';
import { sameBytes, textOf } from '../ids.ts';
import type { Canister } from '../state/canister.ts';
import { chunkError } from '../state/chunk-store.ts';
import { type Context, controlled, originOf } from './call.ts';
import { install, type InstallMode } from './install.ts';

type Opt<T> = readonly [T] | readonly [];

/** `install_code` with the module in the argument. */
export function installCode(
  context: Context,
  argument: {
    mode: InstallMode;
    canister_id: Principal;
    wasm_module: Uint8Array;
    arg: Uint8Array;
    sender_canister_version: Opt<bigint>;
  },
): undefined {
  const canister = controlled(context, argument.canister_id.toUint8Array());
  const origin = originOf(context, argument.sender_canister_version);
  const { mode, arg, wasm_module: module } = argument;
  install(context, canister, { mode, module, arg, origin, assembly: 0 });
}

/** `install_chunked_code`: the module is in a chunk store of the same subnet. */
export function installChunkedCode(
  context: Context,
  argument: {
    mode: InstallMode;
    target_canister: Principal;
    store_canister: Opt<Principal>;
    chunk_hashes_list: readonly { hash: Uint8Array }[];
    wasm_module_hash: Uint8Array;
    arg: Uint8Array;
    sender_canister_version: Opt<bigint>;
  },
): undefined {
  const target = controlled(context, argument.target_canister.toUint8Array());
  const store = storeOf(context, target, argument.store_canister[0]?.toUint8Array());
  const origin = originOf(context, argument.sender_canister_version);
  const hashes = argument.chunk_hashes_list.map(({ hash }) => hash);
  const module = store.chunks.assemble(hashes);
  const actual = moduleHash(module);
  if (!sameBytes(actual, argument.wasm_module_hash)) {
    throw chunkError(
      `Wasm module hash [${actual.join(', ')}] does not match given hash ` +
        `[${argument.wasm_module_hash.join(', ')}]`,
    );
  }
  const { mode, arg } = argument;
  install(context, target, { mode, module, arg, origin, assembly: hashes.length * 1024 * 1024 });
}

/** The canister whose chunks are used: the caller must be it or control it. */
function storeOf(context: Context, target: Canister, id: Uint8Array | undefined): Canister {
  if (id === undefined || sameBytes(id, target.id)) return target;
  const store = context.world.canister(id);
  if (store?.subnet !== target.subnet) {
    throw new Refused(
      'CanisterRejectedMessage',
      `InstallChunkedCode Error: Store canister ${textOf(id)} was not found on subnet ` +
        `${textOf(target.subnet.info.id)} of target canister ${target.text}`,
    );
  }
  return sameBytes(context.call.caller, id) ? store : controlled(context, id);
}
