import type { Metadata } from '../../wasm/index.ts';
import { NetworkError } from '../errors/network-error.ts';
import { textOf } from '../ids.ts';
import type { World } from '../world.ts';
import type { Canister } from './canister.ts';
import { memoryUsage } from './memory-usage.ts';

/** What the network can tell of a canister without asking it. */
export interface CanisterFacts {
  readonly controllers: readonly Uint8Array[];
  /** SHA-256 of the module as sent; null without code. */
  readonly moduleHash: Uint8Array | null;
  readonly certifiedData: Uint8Array;
  /** Custom sections `icp:public` and `icp:private`. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  readonly version: bigint;
  readonly status: 'running' | 'stopping' | 'stopped';
  /** All that it stores, in bytes, as `canister_status` counts it. */
  readonly memory: number;
  /** Environment variables. */
  readonly environment: ReadonlyMap<string, string>;
}

/** What can be told of a canister. */
export function factsOf(canister: Canister): CanisterFacts {
  const { controllers, code, certifiedData, version, status, settings } = canister;
  const module = code?.heap.module;
  return {
    controllers,
    moduleHash: module?.hash ?? null,
    certifiedData,
    metadata: module?.metadata ?? new Map<string, Metadata>(),
    version,
    status: status.kind,
    memory: memoryUsage(canister),
    environment: settings.environment,
  };
}

/** The canister with this id. @throws NetworkError `CanisterNotFound`. */
export function existingCanister(world: World, id: Uint8Array): Canister {
  const canister = world.canister(id);
  if (canister) return canister;
  throw new NetworkError('CanisterNotFound', `Canister ${textOf(id)} not found`);
}

/** The same, with code. @throws NetworkError `CanisterNotFound`, `CanisterIsEmpty`. */
export function installedCanister(world: World, id: Uint8Array): Canister {
  const canister = existingCanister(world, id);
  if (canister.code) return canister;
  throw new NetworkError('CanisterIsEmpty', `Canister ${textOf(id)} has no code`);
}
